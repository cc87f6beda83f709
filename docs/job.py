import json, os, sys, urllib.request  # writes analytics.team_games with nothing but the standard library; the contract is in jobs.md
env = os.environ; api, launch, me = env["PHASEGATE_API"], env["PHASEGATE_LAUNCH"], env.get("CLOUD_RUN_EXECUTION") or os.urandom(8).hex()
metadata = f"http://{env.get('GCE_METADATA_HOST', 'metadata.google.internal')}/computeMetadata/v1/instance/service-accounts/default/"
queries = f"{env.get('BIGQUERY_EMULATOR_HOST', 'https://bigquery.googleapis.com')}/bigquery/v2/projects/{env['PHASEGATE_PROJECT']}/queries"
merge = f"""MERGE `{env['PHASEGATE_TABLE']}` AS t USING (SELECT game_id, game_date, team, points, CURRENT_TIMESTAMP() AS processed_at
FROM `raw.box` WHERE game_date BETWEEN @from AND @to) AS s ON FALSE
WHEN NOT MATCHED BY SOURCE AND t.game_date BETWEEN @from AND @to THEN DELETE WHEN NOT MATCHED BY TARGET THEN INSERT
(game_id, game_date, team, points, processed_at) VALUES (s.game_id, s.game_date, s.team, s.points, s.processed_at)"""
def ask(url, token=None, body=None):  # token: which one the metadata server is asked for; a local world has no such server
    bearer = ask(metadata + token)["access_token"] if token and env.get("METADATA_SERVER_DETECTION") != "none" else ""
    headers = {"Content-Type": "application/json", "Metadata-Flavor": "Google", "Authorization": "Bearer " + bearer}
    text = urllib.request.urlopen(urllib.request.Request(url, body and json.dumps(body).encode(), headers), timeout=60).read().decode()
    return json.loads(text) if text.startswith("{") else {"access_token": text}  # an identity token comes as it is
for days in [{"from": span[:10], "to": span[-10:]} for span in env["PHASEGATE_DAYS"].split(",")]:
    try:
        if ask(f"{api}/v1/launches/{launch}:claim", f"identity?audience={api}", {"execution": me})["execution"] != me: sys.exit(130)
        values = [{"name": name, "parameterType": {"type": "DATE"}, "parameterValue": {"value": day}} for name, day in days.items()]
        answer = ask(queries, "token", {"query": merge, "useLegacySql": False, "queryParameters": values})
        while not answer["jobComplete"]: answer = ask("{0}/{jobId}?location={location}".format(queries, **answer["jobReference"]), "token")
    except Exception as error: print(error, getattr(error, "read", bytes)().decode(), file=sys.stderr); sys.exit(3)  # may pass: tried again
