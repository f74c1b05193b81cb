"""The community directory: help near you, open to everybody, close to Open Referral UK 3.0."""
