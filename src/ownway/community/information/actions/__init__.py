"""What can be done with information, in its five parts."""

from ownway.community.information.actions.guiding import (
    explain_word,
    remove_question,
    remove_word,
    write_question,
)
from ownway.community.information.actions.pointing import (
    close_point,
    look_at_every_point,
    open_again,
    record_help,
    record_training,
    register_point,
)
from ownway.community.information.actions.reading import (
    count_read,
    give_opinion,
    join_panel,
    leave_panel,
    reply,
    say,
)
from ownway.community.information.actions.shipped import bring_texts_in
from ownway.community.information.actions.telling import (
    count_opened,
    count_reached,
    plan_campaign,
    stop_campaign,
)
from ownway.community.information.actions.writing import (
    CannotDo,
    begin_page,
    begin_version,
    give_due_tasks,
    objections,
    publish,
    remove_text,
    say_it_is_right,
    send_to_panel,
    settle_page,
    take_back,
    take_down,
    write_text,
)

__all__ = [
    "CannotDo",
    "begin_page",
    "begin_version",
    "bring_texts_in",
    "close_point",
    "count_opened",
    "count_reached",
    "count_read",
    "explain_word",
    "give_due_tasks",
    "give_opinion",
    "join_panel",
    "leave_panel",
    "look_at_every_point",
    "objections",
    "open_again",
    "plan_campaign",
    "publish",
    "record_help",
    "record_training",
    "register_point",
    "remove_question",
    "remove_text",
    "remove_word",
    "reply",
    "say",
    "say_it_is_right",
    "send_to_panel",
    "settle_page",
    "stop_campaign",
    "take_back",
    "take_down",
    "write_question",
    "write_text",
]
