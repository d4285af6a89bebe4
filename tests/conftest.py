"""What all tests share."""

import pytest
from django.conf import settings


@pytest.fixture(autouse=True, scope="session")
def quick_settings(tmp_path_factory):
    """Test settings that production does not have: pages without hashed file names, and
    passwords that cost nothing to make. Uploads go where they are swept away."""
    settings.MEDIA_ROOT = str(tmp_path_factory.mktemp("media"))
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = {}
