"""Versions of sourcing rules: drafted, checked, activated, rolled back."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler import Depends

from oms.contracts.steering import (
    DraftRulesBody,
    EditRulesBody,
    ProfileList,
    ProfileView,
    RollBackRulesBody,
    RulesPage,
    RulesView,
)
from oms.edge.api import Router
from oms.edge.params import Before, Identified, Limit, RulesNumber
from oms.edge.principal import OPS, SERVICE, Caller, any_of
from oms.usecases.steering.activate_rules import activate_rules, roll_back_rules
from oms.usecases.steering.deps import Steering
from oms.usecases.steering.draft_rules import draft_rules, edit_rules
from oms.usecases.steering.list_profiles import list_profiles
from oms.usecases.steering.list_rules import list_rules
from oms.usecases.steering.validate_rules import validate_rules
from oms.wiring.steering import steering

router = Router()
Deps = Annotated[Steering, Depends(steering)]
PROFILES = "/sourcing/profiles"
VERSIONS = f"{PROFILES}/<profile>/versions"
VERSION = f"{VERSIONS}/<number>"
READERS, WRITERS = any_of(SERVICE, OPS), any_of(OPS)
TAGS = ["sourcing rules"]


@router.get(
    PROFILES,
    operation_id="listRuleProfiles",
    summary="Profiles of rules: which version decides in each, which are prepared",
    tags=TAGS,
    security=READERS,
)
def profiles(deps: Deps) -> ProfileList:
    return ProfileList(items=[ProfileView.of(each) for each in list_profiles(deps=deps)])


@router.get(
    VERSIONS,
    operation_id="listRules",
    summary="Versions of a profile's rules, newest first, and which is active",
    tags=TAGS,
    security=READERS,
)
def versions(profile: Identified, deps: Deps, limit: Limit = 20, before: Before = 0) -> RulesPage:
    active, found = list_rules(profile, limit=limit, before=before, deps=deps)
    return RulesPage.of(profile, active, found, limit)


@router.post(
    VERSIONS,
    operation_id="draftRules",
    summary="Draft rules, or copy those of a version; sent again it is the same draft",
    tags=TAGS,
    security=WRITERS,
    status_code=201,
)
def draft(profile: Identified, body: DraftRulesBody, caller: Caller, deps: Deps) -> RulesView:
    text, based_on = body.to_domain(), body.based_on or 0
    return RulesView.of(
        draft_rules(profile, text, based_on=based_on, actor=caller.actor, deps=deps)
    )


@router.get(
    VERSION,
    operation_id="getRules",
    summary="One version with its rules",
    tags=TAGS,
    security=READERS,
)
def read(profile: Identified, number: RulesNumber, deps: Deps) -> RulesView:
    return RulesView.of(deps.rules.version(profile, number))


@router.put(
    VERSION,
    operation_id="editRules",
    summary="Change a draft; later versions cannot change",
    tags=TAGS,
    security=WRITERS,
)
def edit(
    profile: Identified, number: RulesNumber, body: EditRulesBody, caller: Caller, deps: Deps
) -> RulesView:
    text, version, actor = body.to_domain(), body.version, caller.actor
    return RulesView.of(edit_rules(profile, number, text, version=version, actor=actor, deps=deps))


@router.post(
    f"{VERSION}/validate",
    operation_id="validateRules",
    summary="Check a draft; what is wrong is named by field and reason",
    tags=TAGS,
    security=WRITERS,
)
def validate(profile: Identified, number: RulesNumber, caller: Caller, deps: Deps) -> RulesView:
    return RulesView.of(validate_rules(profile, number, actor=caller.actor, deps=deps))


@router.post(
    f"{VERSION}/activate",
    operation_id="activateRules",
    summary="Let a version decide from now on; the one before retires",
    tags=TAGS,
    security=WRITERS,
)
def activate(profile: Identified, number: RulesNumber, caller: Caller, deps: Deps) -> RulesView:
    return RulesView.of(activate_rules(profile, number, actor=caller.actor, deps=deps))


@router.post(
    f"{PROFILES}/<profile>/rollback",
    operation_id="rollBackRules",
    summary="Back to the version that the active one replaced",
    tags=TAGS,
    security=WRITERS,
)
def roll_back(
    profile: Identified, body: RollBackRulesBody, caller: Caller, deps: Deps
) -> RulesView:
    return RulesView.of(roll_back_rules(profile, body.from_, actor=caller.actor, deps=deps))
