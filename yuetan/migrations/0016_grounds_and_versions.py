"""Each ground of a case with its own facts and evidence, and the proposal as it was handed in.

What a case said of itself as a whole goes to each of its grounds; its evidence goes to the first. A draft that
named no ground yet keeps its facts as the words of 其他情形, and its evidence as it is. A case that was handed in
gets its last text as its first version, the only one that is known.
"""

import hashlib
import json

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

IN_ORDER = ("ground__article__number", "ground__number")
NOTHING_WAITS = "SET CONSTRAINTS ALL IMMEDIATE"
GUARD = (
    "CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_proposalversion "
    "FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change()"
)


def give_facts_to_grounds(apps, schema_editor):
    case_model, case_ground = apps.get_model("yuetan", "Case"), apps.get_model("yuetan", "CaseGround")
    attachment = apps.get_model("yuetan", "Attachment")
    for case in case_model.objects.iterator():
        rows = [case_ground(case=case, ground=ground, facts=case.facts) for ground in case.grounds.all()]
        case_ground.objects.bulk_create(rows)
        if not rows and case.facts:
            case.other_words = "\n".join(words for words in (case.other_words, case.facts) if words)
            case.save(update_fields=["other_words"])
    for first in case_ground.objects.order_by("case_id", *IN_ORDER).distinct("case_id"):
        attachment.objects.filter(case=first.case_id, purpose="evidence").update(case_ground=first)


def take_facts_back(apps, schema_editor):
    """Every ground's facts in one text, in the order of the law; what was the same for all is written once."""
    for case in apps.get_model("yuetan", "Case").objects.iterator():
        rows = apps.get_model("yuetan", "CaseGround").objects.filter(case=case).order_by(*IN_ORDER)
        told = [words for row in rows for words in (row.facts, row.reference_number, row.reference_summary) if words]
        case.facts = "\n".join(dict.fromkeys(told))
        case.save(update_fields=["facts"])
        case.grounds.set([row.ground_id for row in rows])


def snapshot_what_was_handed_in(apps, schema_editor):
    event, version = apps.get_model("yuetan", "Event"), apps.get_model("yuetan", "ProposalVersion")
    handed_in = event.objects.filter(verb="submit").exclude(case__state="drafted")
    for last in handed_in.order_by("case_id", "-created_at", "-id").distinct("case_id"):
        text = _text(last.case)
        version.objects.create(
            case=last.case,
            number=1,
            text=text,
            sha256=hashlib.sha256(_canonical(text["bound"]).encode()).hexdigest(),
            submitted_by=last.actor,
            submitted_at=last.created_at,
        )


def _canonical(content):
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _text(case):
    rows = list(case.case_grounds.select_related("ground__article").order_by(*IN_ORDER))
    files = [list(row.evidence.order_by("uploaded_at", "name")) for row in rows]
    heads = sorted(case.interviewees.all(), key=_place)
    leader = case.interviewer
    bound = {
        "regulation": [case.regulation.key, case.regulation.version],
        "unit": case.unit.code,
        "matter": case.matter,
        "other_words": case.other_words,
        "grounds": [_ground(row, of_row) for row, of_row in zip(rows, files, strict=True)],
        "interviewees": [[*_place(post)] for post in heads],
        "interviewer": leader.kind if leader else "",
    }
    beside = {
        "unit": _full_name(case.unit),
        "interviewees": [_named(post) for post in heads],
        "interviewer": _named(leader) if leader else "",
        "files": [[{"name": file.name, "sha256": file.sha256} for file in of_row] for of_row in files],
    }
    return {"bound": bound, "beside": beside}


def _ground(row, files):
    article = _in_chinese(row.ground.article.number)
    return {
        "article": row.ground.article.number,
        "number": row.ground.number,
        "citation": f"第{article}条第{row.ground.number}项",
        "law": row.ground.text,
        "facts": row.facts,
        "reference_number": "",
        "reference_summary": "",
        "files": sorted(file.sha256 for file in files),
    }


def _in_chinese(number):
    digits = ["", *"一二三四五六七八九"]
    tens, ones = divmod(number, 10)
    return (digits[tens] if tens > 1 else "") + ("十" if tens else "") + digits[ones]


def _place(post):
    return post.unit.code, post.kind, post.rank


def _full_name(unit):
    return f"{unit.parent.name}{unit.name}" if unit.parent_id and unit.kind == "town" else unit.name


def _named(post):
    rank = f"（{post.get_rank_display()}）" if post.rank else ""
    unit = "" if post.unit.kind == "leading_group" else _full_name(post.unit)
    doubled = unit and post.title.startswith((f"{unit[-1]}委", f"{unit[-1]}工委"))
    return f"{unit}{post.title[1:] if doubled else post.title}{post.holder.name}{rank}"


class Migration(migrations.Migration):
    dependencies = [
        ("yuetan", "0015_typed_texts"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseGround",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("facts", models.TextField(blank=True, verbose_name="存在问题的事实")),
                ("reference_number", models.CharField(blank=True, max_length=100, verbose_name="文号或线索编号")),
                ("reference_summary", models.TextField(blank=True, verbose_name="摘要")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="case_grounds", to="yuetan.case"
                    ),
                ),
                (
                    "ground",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="yuetan.ground",
                        verbose_name="约谈情形",
                    ),
                ),
            ],
            options={
                "ordering": ("ground__article__number", "ground__number"),
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("case", "ground"), name="a_ground_once_in_a_case"),
                ],
            },
        ),
        migrations.AddField(
            model_name="attachment",
            name="case_ground",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evidence",
                to="yuetan.caseground",
            ),
        ),
        migrations.CreateModel(
            name="ProposalVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("submitted_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proposal_versions", to="yuetan.case"
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("case", "number"),
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("case", "number"), name="one_proposal_version_per_number"),
                ],
            },
        ),
        # Written data leaves checks of foreign keys waiting, with which no table may be altered: on either way.
        migrations.RunSQL(migrations.RunSQL.noop, NOTHING_WAITS),
        migrations.RunPython(give_facts_to_grounds, take_facts_back),
        migrations.RunPython(snapshot_what_was_handed_in, migrations.RunPython.noop),
        migrations.RunSQL(NOTHING_WAITS, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD, "DROP TRIGGER kept ON yuetan_proposalversion"),
        migrations.RemoveField(model_name="case", name="grounds"),
        migrations.RemoveField(model_name="case", name="facts"),
        migrations.AddField(
            model_name="case",
            name="grounds",
            field=models.ManyToManyField(
                related_name="cases", through="yuetan.CaseGround", to="yuetan.ground", verbose_name="约谈情形"
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="told_apart_from",
            field=models.ManyToManyField(blank=True, related_name="told_apart_by", to="yuetan.case"),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(("case_ground", None), ("purpose", "evidence"), _connector="OR"),
                name="only_evidence_stands_under_a_ground",
            ),
        ),
    ]
