"""The workflow that every installation has: subject, language and accessibility, approval.

It is made once, after the first migration that knows it; what an administrator makes of it afterwards stays. What was
being reviewed by the one step of earlier versions is decided there and then goes through the steps that follow.
"""

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from wagtail.models import GroupApprovalTask, Page, TaskState, Workflow, WorkflowContentType, WorkflowPage, WorkflowTask

from cms.catalogue.api import CONTENT, roles
from cms.reviewing.models import ReviewTask

NAME = "Duyệt nội dung (Review)"
"""It stands on the button that submits a draft; a name is data, so it says itself in both languages."""
EARLIER = ("Moderators approval", NAME)
"""The names that the one step of Wagtail's own workflow has had."""
STEPS = (
    ("Duyệt chuyên môn (Subject review)", roles.SUBJECT_REVIEWER, 5),
    ("Duyệt ngôn ngữ và tiếp cận (Language and accessibility review)", roles.LANGUAGE_REVIEWER, 5),
    ("Phê duyệt (Approval)", roles.PUBLISHER, 3),
)


def make_workflow(using: str = "default") -> None:
    """Make the workflow where there is none of these steps yet. May run any number of times."""
    if ReviewTask.objects.using(using).exists():
        return
    workflow = Workflow.objects.using(using).filter(name__in=EARLIER, active=True).first()
    if workflow is None:
        workflow = Workflow.objects.using(using).create(name=NAME)
    workflow.name = NAME
    workflow.save(using=using)
    _leave_earlier_step(workflow, using)
    for order, (name, role, days) in enumerate(STEPS):
        task = ReviewTask(name=name, days=days)
        task.save(using=using)
        task.groups.set(Group.objects.using(using).filter(name=role))
        WorkflowTask(workflow=workflow, task=task, sort_order=order).save(using=using)
    _assign(workflow, using)


def _leave_earlier_step(workflow: Workflow, using: str) -> None:
    for task in GroupApprovalTask.objects.using(using).filter(name__in=EARLIER):
        WorkflowTask.objects.using(using).filter(workflow=workflow, task=task).delete()
        if not TaskState.objects.using(using).filter(task=task, status=TaskState.STATUS_IN_PROGRESS).exists():
            task.active = False
        task.name = NAME
        task.save(using=using)
        task.groups.add(*Group.objects.using(using).filter(name__in=[role for _name, role, _days in STEPS]))


def _assign(workflow: Workflow, using: str) -> None:
    """Use it for pages, from the root, and for each kind of content; where another one is used it stays."""
    root = Page.objects.using(using).filter(depth=1).first()
    if root is not None:
        WorkflowPage.objects.using(using).get_or_create(page=root, defaults={"workflow": workflow})
    for model in CONTENT:
        content_type = ContentType.objects.db_manager(using).get_by_natural_key("catalogue", model)
        defaults = {"workflow": workflow}
        WorkflowContentType.objects.using(using).get_or_create(content_type=content_type, defaults=defaults)
