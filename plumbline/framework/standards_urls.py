"""The addresses of practice standards and of importing a framework."""

from django.urls import URLPattern, path

from plumbline.framework.views import building, crosswalk, imports, standards

urlpatterns: list[URLPattern] = [
    path("standards", standards.in_force, name="standards"),
    path("standards/versions", standards.versions, name="standard_versions"),
    path("standards/sets/<str:set_id>", standards.one_set, name="standard_set"),
    path("standards/sets/<str:set_id>/begin", building.begin, name="standard_begin"),
    path("standards/sets/<str:set_id>/<int:position>/add", building.add, name="criterion_add"),
    path("standards/criteria/<str:criterion_id>/remove", building.remove, name="criterion_remove"),
    path("standards/sets/<str:set_id>/publish", standards.publish, name="standard_publish"),
    path("standards/sets/<str:set_id>/discard", standards.discard, name="standard_discard"),
    path("standards/sets/<str:set_id>/export/<str:form>", standards.export, name="standard_export"),
    path("standards/sets/<str:set_id>/areas/<str:framework>", crosswalk.areas, name="standard_areas"),
    path(
        "standards/sets/<str:set_id>/areas/<str:framework>/csv", crosswalk.as_csv, name="standard_areas_csv"
    ),
    path("standards/sets/<str:set_id>/<int:position>", standards.standard, name="standard"),
    path("standards/differences/<str:old_id>/<str:new_id>", standards.difference, name="standard_difference"),
    path("standards/criteria/<str:criterion_id>", standards.criterion, name="criterion"),
    path("standards/criteria/<str:criterion_id>/note", standards.note, name="criterion_note"),
    path("standards/criteria/<str:criterion_id>/wording", standards.wording, name="criterion_wording"),
    path("framework/import", imports.upload, name="framework_import"),
    path("framework/import/<str:upload_id>", imports.check, name="framework_import_check"),
    path("framework/import/<str:upload_id>/done", imports.done, name="framework_import_done"),
]
