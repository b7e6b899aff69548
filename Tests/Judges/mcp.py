#!/usr/bin/env python3
"""Lets the reference client of the Model Context Protocol ask `runtally mcp` everything.

  python3 -m venv .build-judges/mcp
  .build-judges/mcp/bin/pip install mcp==2.3.0 'jsonschema[format]==4.26.0'
  .build-judges/mcp/bin/python Tests/Judges/mcp.py RUNTALLY DEMO

DEMO is the folder that `runtally demo` made. The client speaks each version of the protocol, and asks first for the
newest one that it knows. Fails on what the client's own types refuse, on an input schema that is none, on a report that
breaks the schema that is told of it or differs from what the command writes, on an answer that is too long, and on a
refusal that is no answer of a tool.
"""
import asyncio
import json
import pathlib
import subprocess
import sys

# This file has the name of the library, and its folder comes first.
sys.path.pop(0)

import jsonschema
import mcp.client.session
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

MOST = 60_000
TOOLS = {"list_reports", "report", "explain", "query", "check", "status"}


def text(result):
    assert len(result.content) == 1 and result.content[0].type == "text", result
    assert len(result.content[0].text.encode()) <= MOST, len(result.content[0].text)
    return result.content[0].text


async def told(client, tool, **arguments):
    result = await client.call_tool(tool, {name.replace("_", "-"): value for name, value in arguments.items()})
    assert not result.is_error, (tool, arguments, result)
    return text(result)


async def refused(client, tool, **arguments):
    result = await client.call_tool(tool, arguments)
    assert result.is_error, (tool, arguments, result)
    return text(result)


async def judge(runtally, demo, mode, version):
    mcp.client.session.LATEST_HANDSHAKE_VERSION = version
    server = StdioServerParameters(command=runtally, args=["mcp", "--quiet"], cwd=demo)
    async with Client(stdio_client(server), mode=mode) as client:
        spoken = client.session.protocol_version
        assert spoken == min(version, "2025-06-18"), spoken
        tools = (await client.list_tools()).tools
        assert {tool.name for tool in tools} == TOOLS, tools
        for tool in tools:
            jsonschema.Draft202012Validator.check_schema(tool.input_schema)
            assert spoken == "2024-11-05" or tool.annotations.read_only_hint, tool
        reports = json.loads(await told(client, "list_reports"))
        whole = 0
        for report in reports:
            name = report["name"]
            described = json.loads(await told(client, "list_reports", name=name))
            result = await client.call_tool("report", {"name": name})
            if result.is_error:
                assert text(result).startswith(f"the answer has more than {MOST:,} bytes"), (name, result)
                result = await client.call_tool("report", {"name": name, "limit": 20})
                assert not result.is_error, (name, result)
            else:
                command = [runtally, "report", name, "--format", "json", "--quiet"]
                assert text(result) == subprocess.run(command, cwd=demo, capture_output=True, text=True).stdout, name
                whole += 1
            jsonschema.Draft202012Validator(described["answer"]).validate(json.loads(text(result)))
            if "limit" in report["parameters"]:
                await told(client, "report", name=name, format="markdown")
        assert whole >= len(reports) // 2, f"only {whole} of {len(reports)} reports fit"
        [run] = json.loads(await told(client, "query", sql="SELECT external_id FROM run ORDER BY 1 LIMIT 1"))
        for explained in [{"run": run["external_id"]}, {"month": "2026-03", "source": ["production"]}]:
            await told(client, "explain", **explained)
            json.loads(await told(client, "explain", format="json", **explained))
        assert json.loads(await told(client, "check"))["rows"]
        assert len(json.loads(await told(client, "status", stale_after=1_000_000))["rows"]) == 3
        assert "only statements that read" in await refused(client, "query", sql="DELETE FROM run")
        assert "LIMIT" in await refused(client, "query", sql="SELECT * FROM run_detail")
        assert "choose one of" in await refused(client, "report", name="monthly-costs")
        # Many at once, each with its own answer.
        several = await asyncio.gather(*(told(client, "query", sql=f"SELECT {n} AS n") for n in range(50)))
        assert [json.loads(one) for one in several] == [[{"n": n}] for n in range(50)]
        print(f"{mode}, {version} asked for: {spoken} spoken, {len(tools)} tools, {len(reports)} reports")


async def main():
    runtally, demo = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:])
    for version in ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"]:
        await judge(runtally, demo, "legacy", version)
    await judge(runtally, demo, "auto", "2025-11-25")


asyncio.run(main())
