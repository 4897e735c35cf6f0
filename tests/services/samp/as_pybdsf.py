"""Tells the hub of a FITS table as PyBDSF's outfile='SAMP' does (bdsf/functions.py, start_samp_proxy, send_fits_table).

Command: SAMP_HUB=std-lockurl:file:///... python3 as_pybdsf.py FILE
"""

import os
import sys
import urllib.parse
import xmlrpc.client

hub_url = os.environ["SAMP_HUB"].removeprefix("std-lockurl:")
fields = {}
with open(urllib.parse.urlparse(hub_url).path) as lockfile:
    for line in lockfile:
        if not line.startswith("#"):
            key, _, value = line.strip().partition("=")
            fields[key] = value

hub = xmlrpc.client.ServerProxy(fields["samp.hub.xmlrpc.url"])
private_key = hub.samp.hub.register(fields["samp.secret"])["samp.private-key"]
hub.samp.hub.declareMetadata(private_key, {"samp.name": "PyBDSM", "samp.description.text": "PyBDSM: the Python Blob Detection and Source Measurement software"})
message = {
    "samp.mtype": "table.load.fits",
    "samp.params": {"url": "file://" + os.path.abspath(sys.argv[1]), "name": "PyBDSF srl table"},
}
hub.samp.hub.notifyAll(private_key, message)
hub.samp.hub.unregister(private_key)
