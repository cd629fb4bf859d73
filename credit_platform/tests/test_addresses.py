from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_platform import addresses


def test_a_database_url_becomes_a_django_database():
    found = addresses.database("postgresql://sys%40city:p%2Fw%3A1@db.example:6432/credit?sslmode=require")
    assert found == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "credit",
        "USER": "sys@city",
        "PASSWORD": "p/w:1",
        "HOST": "db.example",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_socket_folder_is_given_as_host():
    found = addresses.database("postgres://credit@/credit?host=/run/pg&port=5433")
    assert (found["HOST"], found["PORT"], found["USER"]) == ("/run/pg", "5433", "credit")
    assert found["OPTIONS"] == {}


@given(st.text(min_size=1).filter(lambda text: "\x00" not in text and text.isprintable()))
def test_any_password_survives_the_url(password):
    url = f"postgresql://u:{quote(password, safe='')}@h/n"
    assert addresses.database(url)["PASSWORD"] == password


@pytest.mark.parametrize("url", ["mysql://u:p@h/n", "credit", "postgresql://u:p@h", "postgresql://u:p@h/"])
def test_another_database_is_refused_with_the_right_form(url):
    with pytest.raises(addresses.BadAddress, match="postgresql://"):
        addresses.database(url)


def test_celery_gets_its_own_form_of_a_socket():
    assert addresses.broker("unix:///tmp/a/valkey.sock") == "redis+socket:///tmp/a/valkey.sock?virtual_host=0"
    assert addresses.broker("unix:///tmp/a.sock?db=3") == "redis+socket:///tmp/a.sock?virtual_host=3"
    assert addresses.broker("redis://:pw@h:6380/2") == "redis://:pw@h:6380/2"


def test_the_cache_is_another_database_than_the_queue():
    assert addresses.cache("unix:///tmp/a/valkey.sock", 1) == "unix:///tmp/a/valkey.sock?db=1"
    assert addresses.cache("redis://:pw@h:6380/0", 1) == "redis://:pw@h:6380/1"
    assert addresses.cache("rediss://h", 1) == "rediss://h/1"


@pytest.mark.parametrize("read", [addresses.broker, lambda url: addresses.cache(url, 1)])
def test_another_broker_is_refused(read):
    with pytest.raises(addresses.BadAddress, match="REDIS_URL"):
        read("amqp://h")
