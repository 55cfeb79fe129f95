"""Every setting that comes from the environment, typed and in one place."""

from pathlib import Path
from typing import Literal

from django.core.exceptions import ImproperlyConfigured
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

ROOT = Path(__file__).resolve().parent.parent.parent


class Environment(BaseSettings):
    """The process environment, as the service reads it (``docs/operations/configuration.md`` explains each)."""

    model_config = SettingsConfigDict(extra="ignore")

    secret_key: SecretStr | None = None
    allowed_hosts: list[str] = []
    csrf_trusted_origins: list[str] = []
    base_url: str = "http://localhost:8000"
    database_url: str = f"sqlite:///{ROOT / 'var' / 'db.sqlite3'}"
    celery_broker_url: str | None = None
    cache_url: str | None = None
    email_host: str = ""
    email_port: int = 25
    email_user: str = ""
    email_password: SecretStr | None = None
    email_use_tls: bool = False
    email_from: str = "curriculum@localhost"
    media_root: Path = ROOT / "var" / "media"
    data_root: Path = ROOT / "var" / "data"
    static_root: Path = ROOT / "var" / "static"
    max_upload_megabytes: int = Field(default=256, ge=1)
    log_level: str = "INFO"
    language_code: Literal["vi", "en"] = "vi"


def _read() -> Environment:
    try:
        return Environment()
    except ValidationError as errors:
        lines = [f"{str(e['loc'][0]).upper()}: {e['msg']}." for e in errors.errors(include_input=False)]
    except SettingsError as error:
        lines = [f"{error}: lists are JSON."]
    raise ImproperlyConfigured("\n".join([*lines, "See docs/operations/configuration.md."]))


env = _read()
