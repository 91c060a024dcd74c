"""Grants on 交办事项 to the groups of units."""

from __future__ import annotations

from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from yuetan.models.assignment.assignment import Assignment


class AssignmentGroupPermission(GroupObjectPermissionBase):
    """A grant of one permission on one of them to the group of a unit's heads or liaisons."""

    content_object = models.ForeignKey(Assignment, models.CASCADE, related_name="group_grants")

    class Meta(GroupObjectPermissionBase.Meta):
        default_permissions = ()


class AssignmentUserPermission(UserObjectPermissionBase):
    """Guardian wants a user model beside the group model; nobody is granted one of them in person."""

    content_object = models.ForeignKey(Assignment, models.CASCADE, related_name="user_grants")

    class Meta(UserObjectPermissionBase.Meta):
        default_permissions = ()
