"""What all tests share."""

import pytest
from django.conf import settings


@pytest.fixture(autouse=True, scope="session")
def quick_settings():
    """Test settings that production does not have: pages without hashed file names, and
    passwords that cost nothing to make."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = {}
