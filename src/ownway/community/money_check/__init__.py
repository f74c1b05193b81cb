"""What would I pay? A check anybody can make. Nobody is asked who they are; nothing is kept."""
