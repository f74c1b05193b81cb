from django.urls import path

from ownway.foundation.forms import views

urlpatterns = [
    path("desk/forms/", views.all_forms, name="forms"),
    path("desk/forms/bring-in/", views.bring_in, name="forms-bring-in"),
    path("desk/forms/<int:form_id>/", views.one_form, name="form"),
    path("desk/forms/<int:form_id>/file.json", views.form_file, name="form-file"),
    path("desk/forms/<int:form_id>/print/", views.print_form, name="form-print"),
    path("desk/forms/<int:form_id>/try/", views.try_dense, name="form-try"),
    path("desk/forms/<int:form_id>/try/<str:key>/", views.try_page, name="form-try-page"),
    path("desk/forms/<int:form_id>/check/", views.try_check, name="form-try-check"),
    path("desk/forms/for/<int:person_id>/", views.forms_for, name="forms-for"),
    path("desk/forms/answers/<int:answers_id>/", views.fill_in, name="form-answers"),
    path("desk/forms/answers/<int:answers_id>/print/", views.print_answers, name="answers-print"),
    path("desk/forms/answers/<int:answers_id>/file.json", views.answers_file, name="answers-file"),
]
