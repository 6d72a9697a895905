"""A record with the fields that an officer fills in most: title, summary, body."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page


class Record(Page):
    summary = models.CharField(max_length=300, blank=True)
    body = RichTextField(blank=True)
    content_panels = Page.content_panels + [FieldPanel("summary"), FieldPanel("body")]

    class Meta:
        app_label = "office"
