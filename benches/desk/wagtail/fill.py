"""Makes the tables, N editors who may also moderate, and a page for each.  python fill.py N"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
django.setup()

from django.contrib.auth.models import Group, User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from office.models import Record  # noqa: E402
from wagtail.models import Page  # noqa: E402

call_command("makemigrations", "office", verbosity=0)
call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
root = Page.objects.get(pk=2)
groups = [Group.objects.get(name=name) for name in ("Editors", "Moderators")]
first = User.objects.create_user("load-001", password="load")
for number in range(1, int(sys.argv[1]) + 1):
    login = f"load-{number:03}"
    user = first if number == 1 else User(username=login, password=first.password)
    user.save()
    user.groups.set(groups)
    record = Record(title=f"演示压力测试：{login}", slug=login, live=False, owner=user)
    root.add_child(instance=record)
    record.save_revision(user=user)
