"""What can be asked of quality. What is published is open to all; the rest is for a viewer."""

from ownway.community.quality.queries import following, marks, partner, ratings, standards

__all__ = ["following", "marks", "partner", "ratings", "standards"]
