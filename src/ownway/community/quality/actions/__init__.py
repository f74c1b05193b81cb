"""What can be done about quality: rate, check, follow up, mark, and keep to the Standards."""

from ownway.community.quality.actions import following, marks, moderating, rating, standards

__all__ = ["following", "marks", "moderating", "rating", "standards"]
