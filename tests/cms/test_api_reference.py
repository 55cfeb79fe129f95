"""The reference of the HTTP API, as an integrator opens it."""

from django.test import Client


def test_the_reference_leads_to_the_first_call_and_fits_a_phone(client: Client) -> None:
    page = client.get("/api/v1/docs").content.decode()
    assert 'name="viewport"' in page
    assert "/api/v1/openapi.json" in page
    description = client.get("/api/v1/openapi.json").json()["info"]["description"]
    assert "create_token" in description
    assert 'curl -H "Authorization: Bearer $TOKEN" "http' in description
