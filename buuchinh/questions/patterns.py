"""Check strings of models against patterns by Python's ``re``, which compiles each pattern once for all fields.

pydantic's own engine keeps working memory for every field that has a pattern: 8 MB in each process that reads
questions, such as every trainee's server on a hub.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticKnownError, core_schema


@dataclass(frozen=True)
class Matching:
    """The annotation of a string that must match ``pattern`` as a whole; its faults are those of pydantic's patterns.

    ``pattern`` begins with ``^`` and ends with ``$``, since the JSON schema has it too.
    """

    pattern: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema of the string, followed by the check of the pattern."""
        matches = re.compile(self.pattern).fullmatch
        fault = {"pattern": self.pattern}

        def checked(text: str) -> str:
            if matches(text) is None:
                raise PydanticKnownError("string_pattern_mismatch", fault)
            return text

        return core_schema.no_info_after_validator_function(checked, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the JSON schema of the string with the pattern."""
        return handler(schema) | {"pattern": self.pattern}
