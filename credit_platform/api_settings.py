"""How the interface for other systems reads, answers and describes itself."""

from __future__ import annotations

from typing import Any


def rest_framework(*, proxies: int) -> dict[str, Any]:
    """The settings of Django REST framework; `proxies` stand between a client and us."""
    return {
        "DEFAULT_AUTHENTICATION_CLASSES": ["credit_platform.accounts.api.ApiKeyAuthentication"],
        "DEFAULT_PERMISSION_CLASSES": ["credit_platform.accounts.api.IsClient"],
        "DEFAULT_THROTTLE_CLASSES": [
            "credit_platform.accounts.api.ClientRate",
            "credit_platform.accounts.api.PublicRate",
        ],
        "EXCEPTION_HANDLER": "credit_platform.web.api.exception_handler",
        "UNAUTHENTICATED_USER": None,
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "DEFAULT_PARSER_CLASSES": ["credit_platform.web.json_body.StrictJSONParser"],
        "DEFAULT_SCHEMA_CLASS": "credit_platform.web.api.PlatformSchema",
        "DEFAULT_VERSIONING_CLASS": None,
        "DEFAULT_THROTTLE_RATES": {"public": "240/min", "client": "6000/min"},
        "TEST_REQUEST_DEFAULT_FORMAT": "json",
        "NUM_PROXIES": proxies,
    }


SPECTACULAR_SETTINGS = {
    "TITLE": "信用中国（黑龙江哈尔滨）公共信用信息共享平台接口",
    "DESCRIPTION": "公示信息查询、部门数据报送、信用核查与变更订阅。",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "OAS_VERSION": "3.1.1",
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
}
