"""/desk/audit/…"""

app_name = "audit"

urlpatterns: list = []
