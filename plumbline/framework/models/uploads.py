"""Files that somebody looks at before they are taken in."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plumbline.people.models import Person
from plumbline.shared.ids import PublicIdField


class FrameworkUpload(models.Model):
    """A file of standards or a schedule between its check and its import; only its owner reaches it.

    The bytes are emptied on use and the row goes after a day.
    """

    public_id = PublicIdField()
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    data = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now, db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(data=b""), name="used_framework_upload_is_empty"
            )
        ]

    def __str__(self) -> str:
        return f"upload {self.public_id}"
