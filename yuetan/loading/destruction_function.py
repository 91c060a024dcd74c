"""The one function by which rows of the record go: of a case that three persons have agreed to destroy.

It is written into the database anew with every `manage.py migrate`, because it follows the tables of the code; it runs
as their owner, and judges by the rows of the 销毁清册 alone, so the program can destroy nothing else by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey, Model

from yuetan.models import (
    AccountabilityMeasure,
    AssessmentCorrection,
    Case,
    Consultation,
    DestructionEntry,
    Letter,
    NumberEntry,
    Plea,
    Referral,
    Restriction,
)
from yuetan.models.record.sealed_tables import SEALED_TABLES

# What leads to a case and outlives it: there the key of the case is taken out.
OUTLIVES: tuple[type[Model], ...] = (NumberEntry, DestructionEntry)
# What rests on a case: while it is there the action refuses (`destruction_rested_on`), and
# so does its key. What is of a measure, or of 考核, leads to files and papers of its own, never of a case.
RESTS: tuple[type[Model], ...] = (
    *(AccountabilityMeasure, Consultation, Plea, Referral, Restriction),
    AssessmentCorrection,
)
_FUNCTION = """
CREATE OR REPLACE FUNCTION yuetan_destroy_case(this_case uuid) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $function$
DECLARE
    of_case uuid[] := ARRAY[this_case];
    of_letter uuid[];
    {declared}
BEGIN
    IF NOT EXISTS (
        SELECT FROM yuetan_case AS its
        JOIN yuetan_destructionentry AS entry ON entry.case_id = its.id
        JOIN yuetan_destruction AS whole ON whole.id = entry.destruction_id
        WHERE its.id = this_case AND its.state = 'closed' AND whole.agreed AND whole.withdrawn_at IS NULL
            AND whole.carried_out_at IS NOT NULL
            AND its.keep_until < (whole.carried_out_at AT TIME ZONE 'Asia/Shanghai')::date
            AND whole.drawn_up_by_id <> whole.decided_by_id
            AND whole.carried_out_by_id NOT IN (whole.drawn_up_by_id, whole.decided_by_id)
            AND NOT EXISTS (SELECT FROM yuetan_legalhold WHERE case_id = its.id AND lifted_at IS NULL)
    ) THEN RAISE EXCEPTION 'a case is destroyed after its time, by three persons and under no hold'
        USING ERRCODE = 'restrict_violation';
    END IF;
    of_letter := ARRAY(SELECT id FROM yuetan_letter WHERE case_id = this_case);
    {gathered}
    SET CONSTRAINTS ALL IMMEDIATE; -- what this transaction did before is judged while its rows are there
    SET CONSTRAINTS ALL DEFERRED;
    INSERT INTO yuetan_destroying VALUES (pg_current_xact_id()::text::bigint);
    {kept}
    {deleted}
    -- The triggers that ask at the end of a transaction ask now, while they know that this is a destruction.
    SET CONSTRAINTS ALL IMMEDIATE;
    DELETE FROM yuetan_destroying;
    SET CONSTRAINTS ALL DEFERRED;
END $function$
"""
_GATHERED = "of_{name} := ARRAY(SELECT {key} FROM {table} WHERE {condition});"
_KEPT = "UPDATE {table} SET case_id = NULL WHERE case_id = this_case;"
_DELETED = "DELETE FROM {table} WHERE {key} = ANY(of_{name});"


def tables_of_a_case() -> list[tuple[type[Model], list[ForeignKey[Model, Model]]]]:
    """Every table whose rows go with a case or with a letter about it, each behind those that its keys lead to.

    Of a sealed table the keys are those that lead to the chain in which it is sealed, of another all that there are.
    """
    reached: dict[type[Model], list[ForeignKey[Model, Model]]] = {Case: [], Letter: []}
    models = list(apps.get_app_config("yuetan").get_models(include_auto_created=True))
    while True:
        added = {
            model: keys
            for model in models
            if model not in reached and model not in (*OUTLIVES, *RESTS) and (keys := _keys_into(model, reached))
        }
        if not added:
            return list(reached.items())
        reached |= added


def _keys_into(
    model: type[Model], reached: dict[type[Model], list[ForeignKey[Model, Model]]]
) -> list[ForeignKey[Model, Model]]:
    sealed = SEALED_TABLES.get(str(model._meta.model_name))
    firsts = {lead.split("__")[0] for lead in sealed.leads} if sealed else None
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model in reached
        if firsts is None or field.name in firsts
    ]


def write_function() -> None:
    """Write it into the database; `manage.py migrate` calls it as the owner."""
    tables = tables_of_a_case()
    parts = {
        "declared": " ".join(_declared(tables[2:])),
        "gathered": " ".join(_gathered(tables[2:])),
        "kept": " ".join(_KEPT.format(table=model._meta.db_table) for model in OUTLIVES),
        "deleted": " ".join(_DELETED.format(**_words_of(model)) for model, _ in reversed(tables)),
    }
    with connection.cursor() as cursor:
        cursor.execute(_FUNCTION.format(**parts))


def _declared(tables: Sequence[tuple[type[Model], object]]) -> Iterator[str]:
    for model, _ in tables:
        yield f"of_{model._meta.model_name} {model._meta.pk.rel_db_type(connection)}[];"


def _gathered(tables: Sequence[tuple[type[Model], list[ForeignKey[Model, Model]]]]) -> Iterator[str]:
    for model, keys in tables:
        condition = " OR ".join(f"{key.column} = ANY(of_{key.related_model._meta.model_name})" for key in keys)
        yield _GATHERED.format(**_words_of(model), condition=condition)


def _words_of(model: type[Model]) -> dict[str, str]:
    return {
        "name": str(model._meta.model_name),
        "table": model._meta.db_table,
        "key": str(model._meta.pk.column),
    }
