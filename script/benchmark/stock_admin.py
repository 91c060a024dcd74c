"""The stock admin's list of cases, with the columns of our 约谈台账 and nothing made better."""

from django.contrib.admin import AdminSite, ModelAdmin

from yuetan.models import Case


class EveryBodysAdmin(AdminSite):
    """Who is logged in may look; our people have no staff flag."""

    def has_permission(self, request: object) -> bool:
        """Everybody has it."""
        return True


class CaseAdmin(ModelAdmin):
    """The columns of 约谈台账."""

    list_display = ("register_year", "register_serial", "matter", "unit", "interviewer", "state", "due_on")
    list_filter = ("state", "register_year")
    search_fields = ("matter",)
    list_per_page = 20
    show_full_result_count = True

    def has_view_permission(self, request: object, obj: object = None) -> bool:
        """Everybody has it."""
        return True

    has_change_permission = has_module_permission = has_view_permission


site = EveryBodysAdmin(name="admin")
site.register(Case, CaseAdmin)
