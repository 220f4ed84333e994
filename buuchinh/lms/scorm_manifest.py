"""Write ``imsmanifest.xml``, the table of contents of a SCORM 1.2 package, in the order that ADL's schemas ask for."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from buuchinh.text import nfc, visible

NAME = "imsmanifest.xml"
_IMS = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
_ADL = "http://www.adlnet.org/xsd/adlcp_rootv1p2"


def manifest(unit: str, version: str, title: str, start: str, files: Iterable[str]) -> bytes:
    """Return the manifest of a package with one lesson (one SCO), which starts at ``start`` and consists of ``files``.

    It states no mastery score: practice is completed, never passed or failed.
    """
    root = ET.Element("manifest", {"xmlns": _IMS, "xmlns:adlcp": _ADL})
    root.attrib |= {"identifier": f"buuchinh-{unit}", "version": version}
    metadata = ET.SubElement(root, "metadata")
    for name, value in {"schema": "ADL SCORM", "schemaversion": "1.2"}.items():
        ET.SubElement(metadata, name).text = value
    organizations = ET.SubElement(root, "organizations", default="khoa-hoc")
    organization = ET.SubElement(organizations, "organization", identifier="khoa-hoc")
    ET.SubElement(organization, "title").text = visible(nfc(title))
    place = {"identifier": f"bai-{unit}", "identifierref": f"sco-{unit}", "isvisible": "true"}
    ET.SubElement(ET.SubElement(organization, "item", place), "title").text = visible(nfc(title))
    sco = {"identifier": f"sco-{unit}", "type": "webcontent", "adlcp:scormtype": "sco", "href": start}
    resource = ET.SubElement(ET.SubElement(root, "resources"), "resource", sco)
    for name in sorted(files):
        ET.SubElement(resource, "file", href=name)
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
