-- Written by script/squash_migrations.py; why each is there, the migrations say that are squashed.

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_absence FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_accountability
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE CONSTRAINT TRIGGER ended_without_open_task AFTER UPDATE ON yuetan_accountabilitymeasure
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state IS DISTINCT FROM OLD.state)
    EXECUTE FUNCTION yuetan_measure_has_no_open_task();
CREATE TRIGGER kept BEFORE DELETE ON yuetan_accountabilitymeasure
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_compared BEFORE UPDATE ON yuetan_accountabilitymeasure
    FOR EACH ROW WHEN (OLD.confirmed_by_id IS NOT NULL AND (NEW.decision_item_id, NEW.registered_by_id,
    NEW.confirmed_by_id) IS DISTINCT FROM (OLD.decision_item_id, OLD.registered_by_id, OLD.confirmed_by_id))
    EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_copied BEFORE UPDATE ON yuetan_accountabilitymeasure
    FOR EACH ROW WHEN (NEW.copy_of_id IS DISTINCT FROM OLD.copy_of_id)
    EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_decided BEFORE UPDATE ON yuetan_accountabilitymeasure
    FOR EACH ROW WHEN (OLD.decided_at IS NOT NULL AND (NEW.decider_id, NEW.decided_at, NEW.decided_sha256) IS DISTINCT
    FROM (OLD.decider_id, OLD.decided_at, OLD.decided_sha256))
    EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_drafted BEFORE UPDATE ON yuetan_accountabilitymeasure
    FOR EACH ROW WHEN ((NEW.accountability_id, NEW.drafter_id, NEW.created_at) IS DISTINCT FROM
    (OLD.accountability_id, OLD.drafter_id, OLD.created_at))
    EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_handed_in BEFORE UPDATE ON yuetan_accountabilitymeasure
    FOR EACH ROW WHEN (OLD.state <> 'drafted' AND (NEW.rung_id, NEW.door_id, NEW.door_words, NEW.case_id, NEW.matter,
    NEW.facts, NEW.demands, NEW.limit) IS DISTINCT FROM (OLD.rung_id, OLD.door_id, OLD.door_words, OLD.case_id,
    OLD.matter, OLD.facts, OLD.demands, OLD.limit))
    EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_met BEFORE UPDATE ON yuetan_accountabilitymeasure
    FOR EACH ROW WHEN (OLD.met_on IS NOT NULL AND NEW.met_on IS DISTINCT FROM OLD.met_on)
    EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_revoked BEFORE UPDATE ON yuetan_accountabilitymeasure
    FOR EACH ROW WHEN ( (OLD.state = 'revoked' AND NEW.state IS DISTINCT FROM OLD.state) OR (OLD.plea_until IS NOT
    NULL AND NEW.plea_until IS DISTINCT FROM OLD.plea_until) )
    EXECUTE FUNCTION yuetan_refuse_change();
CREATE CONSTRAINT TRIGGER revoked_by_its_plea AFTER UPDATE ON yuetan_accountabilitymeasure
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state = 'revoked' AND NEW.state IS DISTINCT FROM OLD.state)
    EXECUTE FUNCTION yuetan_measure_is_revoked_whole();
CREATE CONSTRAINT TRIGGER state_has_an_event AFTER UPDATE ON yuetan_accountabilitymeasure
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION yuetan_state_has_an_event('measure_laid_id');

CREATE TRIGGER kept_as_minuted BEFORE INSERT OR UPDATE OR DELETE ON yuetan_agendaitem
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_keep_minuted();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_anchor FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_anchoredhead
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_article FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER new_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON yuetan_article
    FOR EACH STATEMENT
    EXECUTE FUNCTION yuetan_new_rule_version();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_articlenote
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_assessment FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_closed BEFORE UPDATE ON yuetan_assessment
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL OR (OLD.closed_at IS NOT NULL AND (NEW.round, NEW.scheme_id,
    NEW.presented_by_id, NEW.presented_at, NEW.object_until, NEW.closed_by_id, NEW.closed_at) IS DISTINCT FROM
    (OLD.round, OLD.scheme_id, OLD.presented_by_id, OLD.presented_at, OLD.object_until, OLD.closed_by_id,
    OLD.closed_at)) OR (NEW.id, NEW.year, NEW.created_by_id, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.year,
    OLD.created_by_id, OLD.created_at))
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_assessmentobjection FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_raised BEFORE UPDATE ON yuetan_assessmentobjection
    FOR EACH ROW WHEN (OLD.decided_at IS NOT NULL OR (NEW.id, NEW.sheet_id, NEW.indicator, NEW.words,
    NEW.raised_by_id, NEW.raised_at, NEW.from_paper) IS DISTINCT FROM (OLD.id, OLD.sheet_id, OLD.indicator, OLD.words,
    OLD.raised_by_id, OLD.raised_at, OLD.from_paper))
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_assessmentpaper
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_keep_scan();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_assessmentscheme
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_assessmentscore FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_scored BEFORE UPDATE ON yuetan_assessmentscore
    FOR EACH ROW WHEN (OLD.withdrawn_at IS NOT NULL OR (NEW.assessment_id, NEW.unit_id, NEW.indicator, NEW.points,
    NEW.reason, NEW.scored_by_id, NEW.scored_at) IS DISTINCT FROM (OLD.assessment_id, OLD.unit_id, OLD.indicator,
    OLD.points, OLD.reason, OLD.scored_by_id, OLD.scored_at))
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_assessmentsheet FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_counted BEFORE UPDATE ON yuetan_assessmentsheet
    FOR EACH ROW WHEN (OLD.grade <> '' OR (NEW.id, NEW.assessment_id, NEW.year, NEW.round, NEW.unit_id, NEW.unit_name,
    NEW.group_place, NEW.group_name, NEW.lines, NEW.points, NEW.fails) IS DISTINCT FROM (OLD.id, OLD.assessment_id,
    OLD.year, OLD.round, OLD.unit_id, OLD.unit_name, OLD.group_place, OLD.group_name, OLD.lines, OLD.points,
    OLD.fails))
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE CONSTRAINT TRIGGER concluded_without_open_task AFTER UPDATE ON yuetan_assignment
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state IS DISTINCT FROM OLD.state)
    EXECUTE FUNCTION yuetan_assignment_has_no_open_task();
CREATE TRIGGER kept BEFORE DELETE ON yuetan_assignment FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_handed_out BEFORE UPDATE ON yuetan_assignment
    FOR EACH ROW WHEN ((NEW.regulation_id, NEW.meeting_id, NEW.received_letter_id, NEW.matter, NEW.source_number,
    NEW.drafter_id, NEW.created_at, NEW.round_visit_id) IS DISTINCT FROM (OLD.regulation_id, OLD.meeting_id,
    OLD.received_letter_id, OLD.matter, OLD.source_number, OLD.drafter_id, OLD.created_at, OLD.round_visit_id))
    EXECUTE FUNCTION yuetan_refuse_change();
CREATE CONSTRAINT TRIGGER state_has_an_event AFTER UPDATE ON yuetan_assignment
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION yuetan_state_has_an_event('assignment_id');

CREATE TRIGGER kept_bytes BEFORE UPDATE ON yuetan_attachment
    FOR EACH ROW WHEN ((NEW.file, NEW.name, NEW.kind, NEW.size, NEW.sha256, NEW.offered_sha256, NEW.uploaded_by_id,
    NEW.uploaded_at) IS DISTINCT FROM (OLD.file, OLD.name, OLD.kind, OLD.size, OLD.sha256, OLD.offered_sha256,
    OLD.uploaded_by_id, OLD.uploaded_at))
    EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_offered_name BEFORE UPDATE ON yuetan_attachment
    FOR EACH ROW WHEN (NEW.offered_name IS DISTINCT FROM OLD.offered_name)
    EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_original BEFORE UPDATE ON yuetan_attachment
    FOR EACH ROW WHEN ((NEW.original, NEW.photo_time, NEW.photo_place) IS DISTINCT FROM (OLD.original, OLD.photo_time,
    OLD.photo_place))
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER new_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON yuetan_calendarday
    FOR EACH STATEMENT
    EXECUTE FUNCTION yuetan_new_rule_version();

CREATE TRIGGER new_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON yuetan_calendaryear
    FOR EACH STATEMENT
    EXECUTE FUNCTION yuetan_new_rule_version();

CREATE CONSTRAINT TRIGGER decision_has_an_event AFTER UPDATE ON yuetan_case
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN ((NEW.approver_id, NEW.approved_for_id, NEW.approval_method, NEW.approval_meeting,
    NEW.approved_on, NEW.approved_sha256) IS DISTINCT FROM (OLD.approver_id, OLD.approved_for_id, OLD.approval_method,
    OLD.approval_meeting, OLD.approved_on, OLD.approved_sha256))
    EXECUTE FUNCTION yuetan_changed_by_its_step('id', 'approve decline confirm_approval confirm_decline');
CREATE CONSTRAINT TRIGGER end_has_an_event AFTER UPDATE ON yuetan_case
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN ((NEW.closed_on) IS DISTINCT FROM (OLD.closed_on))
    EXECUTE FUNCTION yuetan_changed_by_its_step('id', 'close reopen discard_earlier_case');
CREATE CONSTRAINT TRIGGER endorsement_has_an_event AFTER UPDATE ON yuetan_case
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN ((NEW.endorser_id) IS DISTINCT FROM (OLD.endorser_id))
    EXECUTE FUNCTION yuetan_changed_by_its_step('id', 'endorse return_for_changes take_back');
CREATE CONSTRAINT TRIGGER interview_has_an_event AFTER UPDATE ON yuetan_case
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN ((NEW.interviewed_on) IS DISTINCT FROM (OLD.interviewed_on))
    EXECUTE FUNCTION yuetan_changed_by_its_step('id', 'hold_interview');
CREATE TRIGGER kept BEFORE DELETE ON yuetan_case FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_registered BEFORE UPDATE ON yuetan_case
    FOR EACH ROW WHEN ((NEW.register_year, NEW.register_serial, NEW.regulation_id, NEW.drafter_id, NEW.created_at) IS
    DISTINCT FROM (OLD.register_year, OLD.register_serial, OLD.regulation_id, OLD.drafter_id, OLD.created_at))
    EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_rung BEFORE UPDATE ON yuetan_case
    FOR EACH ROW WHEN (OLD.rung_laid_id IS NOT NULL AND NEW.rung_laid_id IS DISTINCT FROM OLD.rung_laid_id)
    EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER new_version AFTER UPDATE ON yuetan_case
    FOR EACH ROW WHEN (NEW.readers IS DISTINCT FROM OLD.readers)
    EXECUTE FUNCTION yuetan_new_rule_version();
CREATE CONSTRAINT TRIGGER notice_has_an_event AFTER UPDATE ON yuetan_case
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN ((NEW.notice_matter, NEW.scheduled_at, NEW.place, NEW.procedure, NEW.participants,
    NEW.required_materials, NEW.other_participants) IS DISTINCT FROM (OLD.notice_matter, OLD.scheduled_at, OLD.place,
    OLD.procedure, OLD.participants, OLD.required_materials, OLD.other_participants))
    EXECUTE FUNCTION yuetan_changed_by_its_step('id', 'serve_notice reschedule');
CREATE CONSTRAINT TRIGGER readers_have_an_event AFTER UPDATE ON yuetan_case
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.readers IS DISTINCT FROM OLD.readers)
    EXECUTE FUNCTION yuetan_changed_by_its_step('id', 'set_readers');
CREATE CONSTRAINT TRIGGER retention_has_an_event AFTER UPDATE ON yuetan_case
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN ((NEW.retention, NEW.keep_until) IS DISTINCT FROM (OLD.retention, OLD.keep_until))
    EXECUTE FUNCTION yuetan_changed_by_its_step('id', 'close reopen discard_earlier_case set_retention');
CREATE CONSTRAINT TRIGGER state_has_an_event AFTER UPDATE ON yuetan_case
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION yuetan_state_has_an_event('case_id');
CREATE CONSTRAINT TRIGGER state_has_what_leads_there AFTER UPDATE ON yuetan_case
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN ((NEW.state) IS DISTINCT FROM (OLD.state))
    EXECUTE FUNCTION yuetan_case_has_what_leads_there();

CREATE TRIGGER kept_once BEFORE UPDATE OR DELETE ON yuetan_chase
    FOR EACH ROW WHEN (OLD.replied_at IS NOT NULL)
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_circumstance
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept_as_handed_in BEFORE INSERT OR UPDATE OR DELETE ON yuetan_circumstanceanswer
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_measure_is_a_draft();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_citation FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER new_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON yuetan_citation
    FOR EACH STATEMENT
    EXECUTE FUNCTION yuetan_new_rule_version();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_commendation FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_recorded BEFORE UPDATE ON yuetan_commendation
    FOR EACH ROW WHEN ( OLD.withdrawn_at IS NOT NULL OR (NEW.unit_id, NEW.post_id, NEW.honour, NEW.awarded_by,
    NEW.awarded_on, NEW.paper_number, NEW.recorded_by_id, NEW.recorded_at) IS DISTINCT FROM (OLD.unit_id, OLD.post_id,
    OLD.honour, OLD.awarded_by, OLD.awarded_on, OLD.paper_number, OLD.recorded_by_id, OLD.recorded_at) )
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_consequence FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_recorded BEFORE UPDATE ON yuetan_consequence
    FOR EACH ROW WHEN (OLD.checked_at IS NOT NULL OR to_jsonb(NEW) - ARRAY['check_outcome', 'check_words',
    'checked_by_id', 'checked_at'] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['check_outcome', 'check_words',
    'checked_by_id', 'checked_at'])
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_consultation FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_asked BEFORE UPDATE ON yuetan_consultation
    FOR EACH ROW WHEN ( (NEW.measure_laid_id, NEW.department, NEW.sha256, NEW.asked_by_id, NEW.asked_at) IS DISTINCT
    FROM (OLD.measure_laid_id, OLD.department, OLD.sha256, OLD.asked_by_id, OLD.asked_at) OR (OLD.answered_on IS NOT
    NULL AND (NEW.opinion, NEW.answered_by, NEW.answered_on, NEW.scan_id, NEW.recorded_by_id) IS DISTINCT FROM
    (OLD.opinion, OLD.answered_by, OLD.answered_on, OLD.scan_id, OLD.recorded_by_id)) OR (OLD.excused_at IS NOT NULL
    AND (NEW.excuse, NEW.excused_by_id, NEW.excused_at) IS DISTINCT FROM (OLD.excuse, OLD.excused_by_id,
    OLD.excused_at)) )
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_decisionregistration FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_made BEFORE UPDATE ON yuetan_decisionregistration
    FOR EACH ROW WHEN (OLD.reviewed_at IS NOT NULL OR (NEW.case_id, NEW.decision, NEW.method, NEW.meeting,
    NEW.approver_id, NEW.delegator_id, NEW.given_on, NEW.opinion, NEW.sha256, NEW.proof_id, NEW.registered_by_id,
    NEW.registered_at, NEW.item_id) IS DISTINCT FROM (OLD.case_id, OLD.decision, OLD.method, OLD.meeting,
    OLD.approver_id, OLD.delegator_id, OLD.given_on, OLD.opinion, OLD.sha256, OLD.proof_id, OLD.registered_by_id,
    OLD.registered_at, OLD.item_id))
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_delegation FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_made BEFORE UPDATE ON yuetan_delegation
    FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL OR (NEW.delegator_id, NEW.delegate_id, NEW.begins_on, NEW.ends_on,
    NEW.made_at) IS DISTINCT FROM (OLD.delegator_id, OLD.delegate_id, OLD.begins_on, OLD.ends_on, OLD.made_at))
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_delistingrequest FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_asked BEFORE UPDATE ON yuetan_delistingrequest
    FOR EACH ROW WHEN ( OLD.granted IS NOT NULL OR (NEW.measure_laid_id, NEW.by_unit, NEW.words, NEW.asked_by_id,
    NEW.asked_at) IS DISTINCT FROM (OLD.measure_laid_id, OLD.by_unit, OLD.words, OLD.asked_by_id, OLD.asked_at) )
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_destroyedfile FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_listed BEFORE UPDATE ON yuetan_destroyedfile
    FOR EACH ROW WHEN ( OLD.removed_at IS NOT NULL OR (NEW.entry_id, NEW.name, NEW.sha256) IS DISTINCT FROM
    (OLD.entry_id, OLD.name, OLD.sha256) )
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_destroyedpaper
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_destruction FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_decided BEFORE UPDATE ON yuetan_destruction
    FOR EACH ROW WHEN ( OLD.carried_out_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL OR (NEW.opinion,
    NEW.drawn_up_by_id, NEW.drawn_up_title, NEW.drawn_up_at) IS DISTINCT FROM (OLD.opinion, OLD.drawn_up_by_id,
    OLD.drawn_up_title, OLD.drawn_up_at) OR (OLD.decided_at IS NOT NULL AND (NEW.agreed, NEW.decision_words,
    NEW.decided_by_id, NEW.decided_title, NEW.decided_at) IS DISTINCT FROM (OLD.agreed, OLD.decision_words,
    OLD.decided_by_id, OLD.decided_title, OLD.decided_at)) )
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_destructionentry FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_listed BEFORE UPDATE ON yuetan_destructionentry
    FOR EACH ROW WHEN ( OLD.case_id IS NULL OR (NEW.destruction_id, NEW.case_key, NEW.register_year,
    NEW.register_serial, NEW.unit_id, NEW.title, NEW.closed_on, NEW.retention, NEW.keep_until) IS DISTINCT FROM
    (OLD.destruction_id, OLD.case_key, OLD.register_year, OLD.register_serial, OLD.unit_id, OLD.title, OLD.closed_on,
    OLD.retention, OLD.keep_until) )
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_document FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_copied BEFORE UPDATE ON yuetan_document
    FOR EACH ROW WHEN (NEW.copy_of_id IS DISTINCT FROM OLD.copy_of_id)
    EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_issued BEFORE UPDATE ON yuetan_document FOR EACH ROW EXECUTE FUNCTION yuetan_keep_document();
CREATE TRIGGER kept_earlier BEFORE UPDATE ON yuetan_document
    FOR EACH ROW WHEN (NEW.is_earlier IS DISTINCT FROM OLD.is_earlier)
    EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_facts BEFORE UPDATE ON yuetan_document
    FOR EACH ROW WHEN (NEW.facts IS DISTINCT FROM OLD.facts)
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_door FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_dossierentry FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_entered BEFORE UPDATE ON yuetan_dossierentry
    FOR EACH ROW WHEN ( OLD.read_at IS NOT NULL OR OLD.returned_at IS NOT NULL OR (OLD.confirmed_at IS NOT NULL AND
    (NEW.confirmed_at, NEW.confirmed_by_id, NEW.returned_at) IS DISTINCT FROM (OLD.confirmed_at, OLD.confirmed_by_id,
    OLD.returned_at)) OR (NEW.person_id, NEW.unit_id, NEW.title, NEW.year, NEW.version, NEW.main_work,
    NEW.difficulties, NEW.reason, NEW.entered_by_id, NEW.entered_at) IS DISTINCT FROM (OLD.person_id, OLD.unit_id,
    OLD.title, OLD.year, OLD.version, OLD.main_work, OLD.difficulties, OLD.reason, OLD.entered_by_id, OLD.entered_at)
    )
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_dossierpaper FOR EACH ROW EXECUTE FUNCTION yuetan_keep_scan();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_effect FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER new_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON yuetan_effect
    FOR EACH STATEMENT
    EXECUTE FUNCTION yuetan_new_rule_version();

CREATE TRIGGER follows BEFORE INSERT ON yuetan_event FOR EACH ROW EXECUTE FUNCTION yuetan_event_follows();
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_event FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept_once BEFORE UPDATE OR DELETE ON yuetan_extension
    FOR EACH ROW WHEN (OLD.decided_at IS NOT NULL)
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_ground FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept_once BEFORE UPDATE OR DELETE ON yuetan_inspection
    FOR EACH ROW WHEN (OLD.concluded_at IS NOT NULL)
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_interview FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_recorded BEFORE UPDATE ON yuetan_interview
    FOR EACH ROW WHEN ((NEW.case_id, NEW.held_on, NEW.place, NEW.interviewer_id, NEW.recorder_id, NEW.problems,
    NEW.statement, NEW.discussion) IS DISTINCT FROM (OLD.case_id, OLD.held_on, OLD.place, OLD.interviewer_id,
    OLD.recorder_id, OLD.problems, OLD.statement, OLD.discussion))
    EXECUTE FUNCTION yuetan_refuse_change();
CREATE CONSTRAINT TRIGGER material_has_an_event AFTER UPDATE ON yuetan_interview
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN ((NEW.submission_missing) IS DISTINCT FROM (OLD.submission_missing))
    EXECUTE FUNCTION yuetan_changed_by_its_step('case_id', 'revise_minutes confirm_correction');

CREATE CONSTRAINT TRIGGER changes_by_an_event AFTER UPDATE ON yuetan_intervieweeattendance
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_changed_by_its_step('interview_id', 'revise_minutes');
CREATE CONSTRAINT TRIGGER goes_by_an_event AFTER DELETE ON yuetan_intervieweeattendance
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_changed_by_its_step('interview_id', 'hold_interview revise_minutes confirm_correction');

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_interviewerrule
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER new_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON yuetan_interviewerrule
    FOR EACH STATEMENT
    EXECUTE FUNCTION yuetan_new_rule_version();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_invitation FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_minuted BEFORE INSERT OR UPDATE OR DELETE ON yuetan_invitation
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_keep_minuted();
CREATE TRIGGER kept_as_sent BEFORE UPDATE ON yuetan_invitation
    FOR EACH ROW WHEN ( (NEW.public_id, NEW.meeting_id, NEW.unit_id, NEW.post_id) IS DISTINCT FROM (OLD.public_id,
    OLD.meeting_id, OLD.unit_id, OLD.post_id) OR (OLD.received_at IS NOT NULL AND (NEW.received_by_id,
    NEW.received_title, NEW.received_at) IS DISTINCT FROM (OLD.received_by_id, OLD.received_title, OLD.received_at)) )
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept_once BEFORE UPDATE OR DELETE ON yuetan_leave
    FOR EACH ROW WHEN (OLD.decided_at IS NOT NULL)
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_legalhold FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_placed BEFORE UPDATE ON yuetan_legalhold
    FOR EACH ROW WHEN ( OLD.lifted_at IS NOT NULL OR (NEW.case_id, NEW.reason, NEW.placed_by_id, NEW.placed_at) IS
    DISTINCT FROM (OLD.case_id, OLD.reason, OLD.placed_by_id, OLD.placed_at) )
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_letter FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_answer BEFORE UPDATE ON yuetan_letter
    FOR EACH ROW WHEN (OLD.answered_at IS NOT NULL AND (NEW.answer, NEW.answered_by_id, NEW.answered_at) IS DISTINCT
    FROM (OLD.answer, OLD.answered_by_id, OLD.answered_at))
    EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_issued BEFORE UPDATE ON yuetan_letter
    FOR EACH ROW WHEN (OLD.state = 'issued' AND (NEW.capacity, NEW.lead_matter, NEW.case_id, NEW.matter, NEW.problems,
    NEW.requirements, NEW.drafter_id, NEW.approver_id) IS DISTINCT FROM (OLD.capacity, OLD.lead_matter, OLD.case_id,
    OLD.matter, OLD.problems, OLD.requirements, OLD.drafter_id, OLD.approver_id))
    EXECUTE FUNCTION yuetan_refuse_change();
CREATE CONSTRAINT TRIGGER state_has_an_event AFTER UPDATE ON yuetan_letter
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION yuetan_state_has_an_event('letter_id');

CREATE CONSTRAINT TRIGGER goes_by_an_event AFTER DELETE ON yuetan_measure
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_changed_by_its_step('interview_id', 'hold_interview revise_minutes confirm_correction');
CREATE CONSTRAINT TRIGGER text_has_an_event AFTER UPDATE ON yuetan_measure
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN ((NEW.content, NEW.responsible_person, NEW.due_on, NEW.proof_required, NEW.acceptance_standard,
    NEW.report_rhythm) IS DISTINCT FROM (OLD.content, OLD.responsible_person, OLD.due_on, OLD.proof_required,
    OLD.acceptance_standard, OLD.report_rhythm))
    EXECUTE FUNCTION yuetan_changed_by_its_step('interview_id', 'hold_interview revise_minutes confirm_correction');

CREATE TRIGGER kept_as_handed_in BEFORE INSERT OR UPDATE OR DELETE ON yuetan_measureground
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_measure_is_a_draft();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_meeting FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_convened BEFORE UPDATE ON yuetan_meeting
    FOR EACH ROW WHEN ( OLD.minuted_at IS NOT NULL OR OLD.cancelled_at IS NOT NULL OR (OLD.convened_at IS NOT NULL AND
    (NEW.kind, NEW.year, NEW.serial, NEW.topic, NEW.begins_at, NEW.place, NEW.chair_id, NEW.demands, NEW.called_by_id,
    NEW.called_at, NEW.convened_by_id, NEW.convened_at) IS DISTINCT FROM (OLD.kind, OLD.year, OLD.serial, OLD.topic,
    OLD.begins_at, OLD.place, OLD.chair_id, OLD.demands, OLD.called_by_id, OLD.called_at, OLD.convened_by_id,
    OLD.convened_at)) )
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE CONSTRAINT TRIGGER said_by_an_event AFTER UPDATE ON yuetan_minutes
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN ((NEW.confirmed_by_id, NEW.confirmed_at, NEW.confirmed_acting, NEW.returned_by_id,
    NEW.returned_at, NEW.return_reason, NEW.sent_at, NEW.answer, NEW.objection, NEW.answered_by_id, NEW.answered_at,
    NEW.paper_filing_id) IS DISTINCT FROM (OLD.confirmed_by_id, OLD.confirmed_at, OLD.confirmed_acting,
    OLD.returned_by_id, OLD.returned_at, OLD.return_reason, OLD.sent_at, OLD.answer, OLD.objection,
    OLD.answered_by_id, OLD.answered_at, OLD.paper_filing_id))
    EXECUTE FUNCTION yuetan_changed_by_its_step('case_id',
    'confirm_minutes return_minutes send_minutes answer_minutes register_minutes_answer revise_minutes confirm_correction');
CREATE CONSTRAINT TRIGGER text_has_an_event AFTER UPDATE ON yuetan_minutes
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN ((NEW.problems, NEW.statement, NEW.discussion, NEW.copied_to, NEW.case_id) IS DISTINCT FROM
    (OLD.problems, OLD.statement, OLD.discussion, OLD.copied_to, OLD.case_id))
    EXECUTE FUNCTION yuetan_changed_by_its_step('case_id', 'hold_interview revise_minutes confirm_correction');

CREATE TRIGGER kept_once BEFORE UPDATE OR DELETE ON yuetan_minutescorrection
    FOR EACH ROW WHEN (OLD.confirmed_at IS NOT NULL)
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_minutesversion
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept_as_handed_in BEFORE INSERT OR UPDATE OR DELETE ON yuetan_namedunit
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_measure_is_a_draft();

CREATE TRIGGER counts_on BEFORE UPDATE ON yuetan_numbercounter
    FOR EACH ROW WHEN (NEW.last < OLD.last OR (NEW.prefix, NEW.year) IS DISTINCT FROM (OLD.prefix, OLD.year))
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_numberentry FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_copied BEFORE UPDATE ON yuetan_numberentry
    FOR EACH ROW WHEN (NEW.copy_of_id IS DISTINCT FROM OLD.copy_of_id)
    EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_given BEFORE UPDATE ON yuetan_numberentry FOR EACH ROW EXECUTE FUNCTION yuetan_keep_number();
CREATE TRIGGER kept_earlier BEFORE UPDATE ON yuetan_numberentry
    FOR EACH ROW WHEN (NEW.is_earlier IS DISTINCT FROM OLD.is_earlier)
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE CONSTRAINT TRIGGER changes_by_an_act AFTER UPDATE ON yuetan_officesetting
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN ((NEW.value) IS DISTINCT FROM (OLD.value))
    EXECUTE FUNCTION yuetan_changed_by_an_act('change_office_setting confirm_office_setting');
CREATE TRIGGER new_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON yuetan_officesetting
    FOR EACH STATEMENT
    EXECUTE FUNCTION yuetan_new_rule_version();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_paperfiling
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE CONSTRAINT TRIGGER changes_by_an_event AFTER UPDATE ON yuetan_participant
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_changed_by_its_step('interview_id', 'revise_minutes');
CREATE CONSTRAINT TRIGGER goes_by_an_event AFTER DELETE ON yuetan_participant
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_changed_by_its_step('interview_id', 'hold_interview revise_minutes confirm_correction');

CREATE TRIGGER kept BEFORE DELETE ON yuetan_pause
    FOR EACH ROW WHEN (OLD.ended_on IS NOT NULL)
    EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_ended BEFORE UPDATE ON yuetan_pause
    FOR EACH ROW WHEN (OLD.ended_on IS NOT NULL AND (NEW.task_id, NEW.reason, NEW.began_on, NEW.begun_by_id,
    NEW.planned_end_on, NEW.asked_by, NEW.ended_on, NEW.ended_by_id, NEW.end_reason, NEW.due_on_before) IS DISTINCT
    FROM (OLD.task_id, OLD.reason, OLD.began_on, OLD.begun_by_id, OLD.planned_end_on, OLD.asked_by, OLD.ended_on,
    OLD.ended_by_id, OLD.end_reason, OLD.due_on_before))
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_periodicreport FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_owed BEFORE UPDATE ON yuetan_periodicreport
    FOR EACH ROW WHEN ( (NEW.period_id, NEW.unit_id, NEW.serial, NEW.due_at) IS DISTINCT FROM (OLD.period_id,
    OLD.unit_id, OLD.serial, OLD.due_at) OR (OLD.handed_in_at IS NOT NULL AND NEW.handed_in_at IS DISTINCT FROM
    OLD.handed_in_at) )
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_plea FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_stated BEFORE UPDATE ON yuetan_plea
    FOR EACH ROW WHEN ( (NEW.measure_laid_id, NEW.begun_at) IS DISTINCT FROM (OLD.measure_laid_id, OLD.begun_at) OR
    (OLD.stated_at IS NOT NULL AND (NEW.words, NEW.stated_by_id, NEW.stated_at, NEW.filing_id, NEW.answer_due_on) IS
    DISTINCT FROM (OLD.words, OLD.stated_by_id, OLD.stated_at, OLD.filing_id, OLD.answer_due_on)) OR (OLD.withdrawn_at
    IS NOT NULL AND (NEW.withdrawn_by_id, NEW.withdrawn_at, NEW.withdrawal_reason, NEW.outcome, NEW.grounds,
    NEW.decision_item_id, NEW.drafted_by_id, NEW.drafted_at, NEW.decided_by_id, NEW.decided_at, NEW.document_id) IS
    DISTINCT FROM (OLD.withdrawn_by_id, OLD.withdrawn_at, OLD.withdrawal_reason, OLD.outcome, OLD.grounds,
    OLD.decision_item_id, OLD.drafted_by_id, OLD.drafted_at, OLD.decided_by_id, OLD.decided_at, OLD.document_id)) OR
    (OLD.decided_at IS NOT NULL AND (NEW.withdrawn_by_id, NEW.withdrawn_at, NEW.withdrawal_reason, NEW.outcome,
    NEW.grounds, NEW.decision_item_id, NEW.drafted_by_id, NEW.drafted_at, NEW.decided_by_id, NEW.decided_at,
    NEW.document_id) IS DISTINCT FROM (OLD.withdrawn_by_id, OLD.withdrawn_at, OLD.withdrawal_reason, OLD.outcome,
    OLD.grounds, OLD.decision_item_id, OLD.drafted_by_id, OLD.drafted_at, OLD.decided_by_id, OLD.decided_at,
    OLD.document_id)) )
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE CONSTRAINT TRIGGER changes_by_an_act AFTER UPDATE ON yuetan_post
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN ((NEW.unit_id, NEW.holder_id, NEW.kind, NEW.title, NEW.rank, NEW.began_on, NEW.ended_on) IS
    DISTINCT FROM (OLD.unit_id, OLD.holder_id, OLD.kind, OLD.title, OLD.rank, OLD.began_on, OLD.ended_on))
    EXECUTE FUNCTION yuetan_changed_by_an_act('end_post correct_post annul_post end_unit');

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_postcorrection
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_printing FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_proposalversion
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE CONSTRAINT TRIGGER corrected_by_an_event AFTER UPDATE OR DELETE ON yuetan_receipt
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_receipt_is_corrected();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_receiptcorrection
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_receivedclosing FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_closed BEFORE UPDATE ON yuetan_receivedclosing
    FOR EACH ROW WHEN ( OLD.withdrawn_at IS NOT NULL OR (NEW.letter_id, NEW.opinion, NEW.closed_by_id, NEW.closed_at)
    IS DISTINCT FROM (OLD.letter_id, OLD.opinion, OLD.closed_by_id, OLD.closed_at) )
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_receivedletter FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_registered BEFORE UPDATE ON yuetan_receivedletter
    FOR EACH ROW WHEN ( OLD.withdrawn_at IS NOT NULL OR (OLD.closing_id IS NOT NULL AND (NEW.closing_id <>
    OLD.closing_id OR (NEW.reply_id, NEW.reply_count, NEW.late_days, NEW.due_on, NEW.withdrawn_at,
    NEW.withdrawn_by_id, NEW.withdrawal_reason) IS DISTINCT FROM (OLD.reply_id, OLD.reply_count, OLD.late_days,
    OLD.due_on, OLD.withdrawn_at, OLD.withdrawn_by_id, OLD.withdrawal_reason))) OR (NEW.unit_id, NEW.kind, NEW.organ,
    NEW.number, NEW.paper_key, NEW.dated_on, NEW.received_on, NEW.matter, NEW.matter_key, NEW.asked, NEW.reply_due,
    NEW.registered_by_id, NEW.registered_at) IS DISTINCT FROM (OLD.unit_id, OLD.kind, OLD.organ, OLD.number,
    OLD.paper_key, OLD.dated_on, OLD.received_on, OLD.matter, OLD.matter_key, OLD.asked, OLD.reply_due,
    OLD.registered_by_id, OLD.registered_at) )
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_receivedpaper FOR EACH ROW EXECUTE FUNCTION yuetan_keep_scan();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_receivedreply FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_entered BEFORE UPDATE ON yuetan_receivedreply
    FOR EACH ROW WHEN ( OLD.returned_at IS NOT NULL OR (NEW.letter_id, NEW.version, NEW.replied_on, NEW.number,
    NEW.words, NEW.due_on, NEW.late_days, NEW.entered_by_id, NEW.entered_at, NEW.from_paper) IS DISTINCT FROM
    (OLD.letter_id, OLD.version, OLD.replied_on, OLD.number, OLD.words, OLD.due_on, OLD.late_days, OLD.entered_by_id,
    OLD.entered_at, OLD.from_paper) )
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_recordverification
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_referral FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_handed_over BEFORE UPDATE ON yuetan_referral
    FOR EACH ROW WHEN ( (NEW.measure_laid_id, NEW.kind, NEW.organ, NEW.reason, NEW.document_id, NEW.referred_by_id,
    NEW.referred_at) IS DISTINCT FROM (OLD.measure_laid_id, OLD.kind, OLD.organ, OLD.reason, OLD.document_id,
    OLD.referred_by_id, OLD.referred_at) OR (OLD.received_on IS NOT NULL AND (NEW.received_by, NEW.received_on,
    NEW.receipt_scan_id, NEW.receipt_recorded_by_id) IS DISTINCT FROM (OLD.received_by, OLD.received_on,
    OLD.receipt_scan_id, OLD.receipt_recorded_by_id)) OR (OLD.outcome_on IS NOT NULL AND (NEW.outcome,
    NEW.outcome_words, NEW.outcome_organ, NEW.outcome_on, NEW.outcome_scan_id, NEW.outcome_recorded_by_id) IS DISTINCT
    FROM (OLD.outcome, OLD.outcome_words, OLD.outcome_organ, OLD.outcome_on, OLD.outcome_scan_id,
    OLD.outcome_recorded_by_id)) )
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_regulation FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_reportanalysis FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_endorsed BEFORE UPDATE ON yuetan_reportanalysis
    FOR EACH ROW WHEN ( OLD.issued_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL OR (NEW.id, NEW.period_id,
    NEW.under_id, NEW.edition, NEW.drafted_by_id, NEW.drafted_at) IS DISTINCT FROM (OLD.id, OLD.period_id,
    OLD.under_id, OLD.edition, OLD.drafted_by_id, OLD.drafted_at) OR (OLD.endorsed_at IS NOT NULL AND (NEW.situation,
    NEW.problems, NEW.proposals, NEW.reason) IS DISTINCT FROM (OLD.situation, OLD.problems, OLD.proposals,
    OLD.reason)) )
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_reportfile FOR EACH ROW EXECUTE FUNCTION yuetan_keep_scan();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_reportmark FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_marked BEFORE UPDATE ON yuetan_reportmark
    FOR EACH ROW WHEN ( OLD.withdrawn_at IS NOT NULL OR (NEW.report_id, NEW.version_id, NEW.kind, NEW.words,
    NEW.marked_by_id, NEW.marked_at) IS DISTINCT FROM (OLD.report_id, OLD.version_id, OLD.kind, OLD.words,
    OLD.marked_by_id, OLD.marked_at) )
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_reportperiod
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_reportscheme
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_reportversion FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_entered BEFORE UPDATE ON yuetan_reportversion
    FOR EACH ROW WHEN ( OLD.sent_back_at IS NOT NULL OR OLD.accepted_at IS NOT NULL OR OLD.returned_at IS NOT NULL OR
    (OLD.confirmed_at IS NOT NULL AND (NEW.confirmed_at, NEW.confirmed_by_id, NEW.sent_back_at, NEW.sent_back_by_id,
    NEW.sent_back_reason) IS DISTINCT FROM (OLD.confirmed_at, OLD.confirmed_by_id, OLD.sent_back_at,
    OLD.sent_back_by_id, OLD.sent_back_reason)) OR (NEW.report_id, NEW.version, NEW.values, NEW.is_zero, NEW.reason,
    NEW.entered_by_id, NEW.entered_at) IS DISTINCT FROM (OLD.report_id, OLD.version, OLD.values, OLD.is_zero,
    OLD.reason, OLD.entered_by_id, OLD.entered_at) )
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept_as_minuted BEFORE INSERT OR UPDATE OR DELETE ON yuetan_resolution
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_keep_minuted();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_restriction FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_made BEFORE UPDATE ON yuetan_restriction
    FOR EACH ROW WHEN ( (OLD.ended_on IS NOT NULL AND (NEW.until, NEW.ended_on, NEW.end_kind, NEW.end_reason,
    NEW.end_paper, NEW.ended_by_id, NEW.ended_at) IS DISTINCT FROM (OLD.until, OLD.ended_on, OLD.end_kind,
    OLD.end_reason, OLD.end_paper, OLD.ended_by_id, OLD.ended_at)) OR (NEW.measure_laid_id, NEW.effect_id,
    NEW.unit_id, NEW.post_id, NEW.person_id, NEW.person_name, NEW.person_title, NEW.first_day, NEW.last_day,
    NEW.added_by_id, NEW.added_reason, NEW.created_at) IS DISTINCT FROM (OLD.measure_laid_id, OLD.effect_id,
    OLD.unit_id, OLD.post_id, OLD.person_id, OLD.person_name, OLD.person_title, OLD.first_day, OLD.last_day,
    OLD.added_by_id, OLD.added_reason, OLD.created_at) )
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_restrictioninquiry FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_asked BEFORE UPDATE ON yuetan_restrictioninquiry
    FOR EACH ROW WHEN ( OLD.replied_at IS NOT NULL OR (NEW.organ, NEW.letter_number, NEW.letter_on, NEW.purpose,
    NEW.day, NEW.unit_id, NEW.person_id, NEW.person_name, NEW.asked_title, NEW.person_title, NEW.is_unknown,
    NEW.asked_by_id, NEW.asked_at) IS DISTINCT FROM (OLD.organ, OLD.letter_number, OLD.letter_on, OLD.purpose,
    OLD.day, OLD.unit_id, OLD.person_id, OLD.person_name, OLD.asked_title, OLD.person_title, OLD.is_unknown,
    OLD.asked_by_id, OLD.asked_at) )
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept_once BEFORE UPDATE OR DELETE ON yuetan_revisit
    FOR EACH ROW WHEN (OLD.visited_on IS NOT NULL)
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept_once BEFORE UPDATE OR DELETE ON yuetan_reworkrequest
    FOR EACH ROW WHEN (OLD.decided_at IS NOT NULL)
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_roundfile FOR EACH ROW EXECUTE FUNCTION yuetan_keep_scan();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_roundfinding FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_recorded BEFORE UPDATE ON yuetan_roundfinding
    FOR EACH ROW WHEN ( OLD.withdrawn_at IS NOT NULL OR (NEW.id, NEW.visit_id, NEW.number, NEW.seen_on, NEW.place,
    NEW.words, NEW.is_problem, NEW.seen_by, NEW.recorded_by_id, NEW.recorded_at) IS DISTINCT FROM (OLD.id,
    OLD.visit_id, OLD.number, OLD.seen_on, OLD.place, OLD.words, OLD.is_problem, OLD.seen_by, OLD.recorded_by_id,
    OLD.recorded_at) )
    EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_before_informed BEFORE INSERT OR UPDATE ON yuetan_roundfinding
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_visit_is_not_informed();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_roundfollowup
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE INSERT OR UPDATE OR DELETE ON yuetan_roundmember
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_round_is_planned();

CREATE TRIGGER kept BEFORE INSERT OR DELETE ON yuetan_roundvisit
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_round_is_planned();
CREATE TRIGGER kept_as_informed BEFORE UPDATE ON yuetan_roundvisit
    FOR EACH ROW WHEN ( (NEW.id, NEW.round_id, NEW.unit_id) IS DISTINCT FROM (OLD.id, OLD.round_id, OLD.unit_id) OR
    OLD.dropped_at IS NOT NULL OR OLD.opinion_received_at IS NOT NULL OR (OLD.received_at IS NOT NULL AND
    (NEW.received_by_id, NEW.received_title, NEW.received_at) IS DISTINCT FROM (OLD.received_by_id,
    OLD.received_title, OLD.received_at)) OR (OLD.informed_at IS NOT NULL AND (NEW.day, NEW.points, NEW.finding_count,
    NEW.problem_count, NEW.findings_changed_at, NEW.conclusion, NEW.demands, NEW.concluded_on, NEW.concluded_by,
    NEW.concluded_at, NEW.recorded_by_id, NEW.informed_by_id, NEW.informed_at, NEW.dropped_by_id, NEW.dropped_at,
    NEW.drop_reason, NEW.received_by_id, NEW.received_title, NEW.received_at) IS DISTINCT FROM (OLD.day, OLD.points,
    OLD.finding_count, OLD.problem_count, OLD.findings_changed_at, OLD.conclusion, OLD.demands, OLD.concluded_on,
    OLD.concluded_by, OLD.concluded_at, OLD.recorded_by_id, OLD.informed_by_id, OLD.informed_at, OLD.dropped_by_id,
    OLD.dropped_at, OLD.drop_reason, OLD.received_by_id, OLD.received_title, OLD.received_at)) )
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_rung FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_scan FOR EACH ROW EXECUTE FUNCTION yuetan_keep_scan();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_schemeversion
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_seal FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_settingchange FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_made BEFORE UPDATE ON yuetan_settingchange
    FOR EACH ROW WHEN (OLD.outcome <> 'pending' OR (NEW.setting_id, NEW.before, NEW.after, NEW.proposed_by_id,
    NEW.proposed_at) IS DISTINCT FROM (OLD.setting_id, OLD.before, OLD.after, OLD.proposed_by_id, OLD.proposed_at))
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_sight FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_sitecheck FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_standardparagraph
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER new_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON yuetan_standardparagraph
    FOR EACH STATEMENT
    EXECUTE FUNCTION yuetan_new_rule_version();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_statisticssheet
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept_once BEFORE UPDATE OR DELETE ON yuetan_submission
    FOR EACH ROW WHEN (OLD.handed_in_at IS NOT NULL)
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept_once BEFORE UPDATE OR DELETE ON yuetan_supervisionletter
    FOR EACH ROW WHEN (OLD.answered_at IS NOT NULL)
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_supervisionround FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_planned BEFORE UPDATE ON yuetan_supervisionround
    FOR EACH ROW WHEN ( OLD.ended_at IS NOT NULL OR OLD.cancelled_at IS NOT NULL OR (OLD.announced_at IS NOT NULL AND
    (NEW.kind, NEW.title, NEW.basis, NEW.begins_on, NEW.ends_on, NEW.demands, NEW.partners, NEW.announced_by_id,
    NEW.announced_at) IS DISTINCT FROM (OLD.kind, OLD.title, OLD.basis, OLD.begins_on, OLD.ends_on, OLD.demands,
    OLD.partners, OLD.announced_by_id, OLD.announced_at)) )
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_task FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_assigned BEFORE UPDATE ON yuetan_task
    FOR EACH ROW WHEN ( (NEW.case_id, NEW.measure_laid_id, NEW.assignment_id, NEW.measure_id, NEW.number,
    NEW.assigned_on, NEW.first_due_on) IS DISTINCT FROM (OLD.case_id, OLD.measure_laid_id, OLD.assignment_id,
    OLD.measure_id, OLD.number, OLD.assigned_on, OLD.first_due_on) )
    EXECUTE FUNCTION yuetan_refuse_change();
CREATE CONSTRAINT TRIGGER limit_has_an_event AFTER UPDATE ON yuetan_task
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN ((NEW.agreed_due_on, NEW.agreed_on) IS DISTINCT FROM (OLD.agreed_due_on, OLD.agreed_on))
    EXECUTE FUNCTION yuetan_changed_by_its_step('case_id', 'decide_extension send_back reopen confirm_correction');
CREATE CONSTRAINT TRIGGER state_has_an_event AFTER UPDATE ON yuetan_task
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state IS DISTINCT FROM OLD.state)
    EXECUTE FUNCTION yuetan_changed_by_its_step('case_id',
    'hand_in_report register_report accept_task return_task send_back reopen void_document revoke_assignment revoke_measure');
CREATE CONSTRAINT TRIGGER state_has_its_report AFTER UPDATE ON yuetan_task
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN ((NEW.state) IS DISTINCT FROM (OLD.state))
    EXECUTE FUNCTION yuetan_task_has_its_report();
CREATE CONSTRAINT TRIGGER text_has_an_event AFTER UPDATE ON yuetan_task
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN ((NEW.content, NEW.responsible_person, NEW.proof_required, NEW.acceptance_standard,
    NEW.report_rhythm) IS DISTINCT FROM (OLD.content, OLD.responsible_person, OLD.proof_required,
    OLD.acceptance_standard, OLD.report_rhythm))
    EXECUTE FUNCTION yuetan_changed_by_its_step('case_id', 'confirm_correction');

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_taskfinding
    FOR EACH ROW
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_taskreport
    FOR EACH ROW WHEN (OLD.handed_in_at IS NOT NULL)
    EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_handed_in BEFORE UPDATE ON yuetan_taskreport
    FOR EACH ROW WHEN (OLD.handed_in_at IS NOT NULL AND (NEW.task_id, NEW.kind, NEW.version, NEW.text,
    NEW.prepared_by_id, NEW.handed_in_by_id, NEW.handed_in_at, NEW.due_on) IS DISTINCT FROM (OLD.task_id, OLD.kind,
    OLD.version, OLD.text, OLD.prepared_by_id, OLD.handed_in_by_id, OLD.handed_in_at, OLD.due_on))
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept_once BEFORE UPDATE OR DELETE ON yuetan_teammember
    FOR EACH ROW WHEN (OLD.signed_at IS NOT NULL)
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_teammembership FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_named BEFORE UPDATE ON yuetan_teammembership
    FOR EACH ROW WHEN ( OLD.left_on IS NOT NULL OR (NEW.measure_laid_id, NEW.name, NEW.title, NEW.leads,
    NEW.joined_on, NEW.set_by_id, NEW.set_at) IS DISTINCT FROM (OLD.measure_laid_id, OLD.name, OLD.title, OLD.leads,
    OLD.joined_on, OLD.set_by_id, OLD.set_at) )
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_teamreport FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept_first_code BEFORE UPDATE ON yuetan_unit
    FOR EACH ROW WHEN (NEW.first_code IS DISTINCT FROM OLD.first_code)
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON yuetan_unitchange FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_made BEFORE UPDATE ON yuetan_unitchange
    FOR EACH ROW WHEN (OLD.decided_at IS NOT NULL OR (NEW.unit_id, NEW.kind, NEW.former_name, NEW.new_name,
    NEW.successor_id, NEW.effective_on, NEW.paper_number, NEW.registered_by_id, NEW.registered_at) IS DISTINCT FROM
    (OLD.unit_id, OLD.kind, OLD.former_name, OLD.new_name, OLD.successor_id, OLD.effective_on, OLD.paper_number,
    OLD.registered_by_id, OLD.registered_at))
    EXECUTE FUNCTION yuetan_refuse_change();

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_unitpaper FOR EACH ROW EXECUTE FUNCTION yuetan_keep_scan();
