"""Information for everybody: the guide, its pages, contact points, and campaigns."""
