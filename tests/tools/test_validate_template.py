"""The offline `sam validate` refuses what the service would refuse."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from samtranslator.yaml_helper import yaml_parse

from tools.validate_template import main, problems

SOUND = """
Transform: AWS::Serverless-2016-10-31
Parameters: {Live: {Type: String}}
Globals: {Function: {Runtime: python3.13, Handler: app.handler}}
Resources:
  Api: {Type: AWS::Serverless::HttpApi}
  Place:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: functions/place
      Policies: [{SQSSendMessagePolicy: {QueueName: inbox}}]
      Events: {Post: {Type: HttpApi, Properties: {ApiId: !Ref Api, Path: /orders, Method: POST}}}
"""


def found(folder: Path, old: str = "", new: str = "") -> list[str]:
    (folder / "functions" / "place").mkdir(parents=True)
    assert old in SOUND
    template: dict[str, Any] = yaml_parse(SOUND.replace(old, new) if old else SOUND)
    return problems(template, folder)


def test_a_sound_template_has_no_problems(tmp_path: Path) -> None:
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("Runtime: python3.13", "Runtim: python3.13", "Runtim"),
        ("CodeUri: functions/place", "CodeUri: functions/plaice", "functions/plaice"),
        ("{QueueName: inbox}", "{}", "QueueName"),
        ("!Ref Api", "!Ref Apis", "Api"),
        ("Path: /orders, ", "", "Path"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, named: str) -> None:
    assert named in "\n".join(found(tmp_path, old, new))


def test_the_command_fails_and_names_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "template.yaml"
    path.write_text(SOUND)
    assert main([str(path)]) == 1
    assert capsys.readouterr().out == f"{path}: Place: there is no functions/place\n"
