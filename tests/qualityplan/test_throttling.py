"""Whose tries are counted, with and without a proxy of our own in front."""

import json
import os
import subprocess
import sys

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory, SimpleTestCase, override_settings

from qualityplan.throttling import limited


@limited("test", times=2, seconds=60)
def view(request):
    return HttpResponse("ok")


class CountingTests(SimpleTestCase):
    def setUp(self):
        cache.clear()
        self.addCleanup(cache.clear)

    def answers(self, *forwarded):
        """The states of requests that come through one proxy."""
        make = RequestFactory(REMOTE_ADDR="10.0.0.1").get
        return [
            view(make("/", headers={"X-Forwarded-For": one})).status_code
            for one in forwarded
        ]

    @override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)
    def test_people_behind_our_proxy_are_counted_apart(self):
        self.assertEqual(
            self.answers(
                "198.51.100.1", "198.51.100.1", "198.51.100.2", "198.51.100.1"
            ),
            [200, 200, 200, 429],
        )

    @override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)
    def test_address_that_somebody_made_up_does_not_count(self):
        made_up = [f"203.0.113.{n}, 198.51.100.1" for n in range(3)]
        self.assertEqual(self.answers(*made_up), [200, 200, 429])

    def test_without_a_proxy_the_header_is_not_trusted(self):
        made_up = [f"203.0.113.{n}" for n in range(3)]
        self.assertEqual(self.answers(*made_up), [200, 200, 429])


class SettingTests(SimpleTestCase):
    def trusted(self, behind_proxy):
        told = {
            "PATH": os.defpath,
            "DATABASE_URL": "sqlite://:memory:",
            "SECRET_KEY": "x" * 50,
            "ALLOWED_HOSTS": "example.edu.vn",
            "BEHIND_PROXY": behind_proxy,
        }
        asked = (
            "import json; from qualityplan import settings; "
            "print(json.dumps(getattr(settings, 'ALLAUTH_TRUSTED_PROXY_COUNT', 0)))"
        )
        done = subprocess.run(  # noqa: S603 - our own words only
            [sys.executable, "-c", asked],
            cwd=settings.BASE_DIR,
            env=told,
            capture_output=True,
            check=True,
        )
        return json.loads(done.stdout)

    def test_one_proxy_is_trusted_where_there_is_one(self):
        self.assertEqual((self.trusted("1"), self.trusted("0")), (1, 0))
