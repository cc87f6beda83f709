"""Writes analytics.team_games under the contract of jobs.md: Python 3 and its standard library, nothing else."""
import json, os, sys, urllib.error, urllib.request, uuid
env, execution = os.environ, os.environ.get("CLOUD_RUN_EXECUTION") or str(uuid.uuid4())
queries = f"{env.get('BIGQUERY_EMULATOR_HOST', 'https://bigquery.googleapis.com')}/bigquery/v2/projects/{env['PHASEGATE_PROJECT']}/queries"
source = "FROM `raw.box` WHERE game_date BETWEEN @from AND @to"
write = f"""MERGE `{env['PHASEGATE_TABLE']}` AS t
USING (SELECT game_id, game_date, team, points, CURRENT_TIMESTAMP() AS processed_at {source}) AS s ON FALSE
WHEN NOT MATCHED BY SOURCE AND t.game_date BETWEEN @from AND @to THEN DELETE WHEN NOT MATCHED BY TARGET THEN INSERT
(game_id, game_date, team, points, processed_at) VALUES (s.game_id, s.game_date, s.team, s.points, s.processed_at)"""

def ask(url, token, body=None):  # `token`: what the metadata server is asked for; where there is none, nobody asks who we are
    headers = {"Content-Type": "application/json", "Metadata-Flavor": "Google"}
    if token and env.get("METADATA_SERVER_DETECTION") != "none":
        told = ask(f"http://{env.get('GCE_METADATA_HOST', 'metadata.google.internal')}/computeMetadata/v1/instance/service-accounts/default/{token}", None)
        headers["Authorization"] = "Bearer " + (json.loads(told)["access_token"] if token == "token" else told)
    request = urllib.request.Request(url, body and json.dumps(body).encode(), headers)
    return urllib.request.urlopen(request, timeout=60).read().decode()

def query(sql, **days):
    values = [{"name": name, "parameterType": {"type": "DATE"}, "parameterValue": {"value": day}} for name, day in days.items()]
    answer = json.loads(ask(queries, "token", {"query": sql, "useLegacySql": False, "queryParameters": values}))
    while not answer["jobComplete"]:
        answer = json.loads(ask("{0}/{jobId}?location={location}".format(queries, **answer["jobReference"]), "token"))
    return answer

try:
    api, uri = env["PHASEGATE_API"], env.get("PHASEGATE_DAYS_URI", "").replace("gs://", env.get("STORAGE_EMULATOR_HOST", "https://storage.googleapis.com") + "/")
    for span in (env.get("PHASEGATE_DAYS") or ask(uri, "token")).split(","):
        days = {"from": span[:10], "to": span[-10:]}
        claim = ask(f"{api}/v1/launches/{env['PHASEGATE_LAUNCH']}:claim", f"identity?audience={api}", {"execution": execution})
        if json.loads(claim)["execution"] != execution: sys.exit(130)  # another execution has this launch
        if query("SELECT COUNT(*) AS n " + source, **days)["rows"][0]["f"][0]["v"] == "0": sys.exit(75)  # nothing to read yet
        query(write, **days)
except Exception as error:
    told = error.read().decode() if isinstance(error, urllib.error.HTTPError) else ""
    print(error, told, file=sys.stderr)
    sys.exit(75 if "Not found" in told and "raw.box" in told else 3)  # 3: may pass, the run tries again
