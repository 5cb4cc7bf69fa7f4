"""GeoParquet: every feature as a row of one table."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any

from journey.errors import InputError
from journey.export.geojson import geometry_of
from journey.extras import is_there

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    import pandas as pd

    from journey.export.content import Content
    from journey.export.features import Value

VERSION = "1.1.0"
OF_ALL = ("kind", "basis", "level", "name")
OF_ROUTES = ("rests_on", "holds", "effective_draws")
OF_POINTS = ("station", "name_ko", "name_ru", "country", "km", "event", "timezone")
LOCAL = ("earliest", "central", "latest")
MOMENTS_UTC = tuple(f"{name}_utc" for name in LOCAL)
ERRORS = (*(f"{name}_standard_error_s" for name in LOCAL), "rounded_to_s")
OF_TRAJECTORIES = ("moment", "meaning")
SHARES = ("from_km", "to_km", "trust", "right")
OF_REPORTS = ("direction", "why_not", "publisher", "published", "url", "wording", "reason", *SHARES)
COLUMNS = (
    *OF_ALL,
    *OF_POINTS,
    *LOCAL,
    *MOMENTS_UTC,
    *ERRORS,
    *OF_TRAJECTORIES,
    *OF_REPORTS,
    *OF_ROUTES,
)
"""The same for every journey, whatever is known of it."""
NUMBERS = frozenset({"level", "km", "effective_draws", *ERRORS, *SHARES})
ABOUT = b"journey"
"""Under which key of the file's metadata stands what is known of the whole, as JSON."""
CRS = "OGC:CRS84"
"""WGS 84 with longitude before latitude, as the positions are."""


def check_parquet(where: str) -> None:
    """Refuse to write Parquet where what it needs is not installed.

    Raises
    ------
    InputError
        If pyarrow is not installed.
    """
    if not is_there("pyarrow"):
        raise InputError(
            f"{where}: Parquet needs pyarrow; python -m pip install 'journey[parquet]', or take "
            "another format"
        )


def to_frame(content: Content) -> gpd.GeoDataFrame:
    """Put every feature into a table.

    Parameters
    ----------
    content : Content
        What to show.

    Returns
    -------
    GeoDataFrame
        A row for each feature: ``id``, its properties, of a trajectory the ``times`` of its
        positions, and its geometry; moments in UTC as timestamps. What is known of the whole
        stands in ``attrs``.
    """
    import geopandas as gpd  # noqa: PLC0415 - a heavy import, for those who ask for frames
    from shapely.geometry import shape  # noqa: PLC0415

    features = content.features
    table: dict[str, Any] = {"id": [each.id for each in features]}
    for key in COLUMNS:
        table[key] = _column(key, [each.properties.get(key) for each in features])
    table["times"] = [_moments(each.times).to_pydatetime().tolist() or None for each in features]
    geometry = [shape(found) if (found := geometry_of(each)) else None for each in features]
    frame = gpd.GeoDataFrame(table, geometry=geometry, crs=CRS)
    frame.attrs.update(content.about)
    return frame


def to_parquet(content: Content) -> bytes:
    """Write GeoParquet 1.1.

    Parameters
    ----------
    content : Content
        What to write.

    Returns
    -------
    bytes
        The file, with `to_frame` as its table and WKB as the encoding of geometry. What is known
        of the whole is JSON under the key ``journey`` of its metadata.

    Raises
    ------
    InputError
        If pyarrow is not installed.
    """
    check_parquet("export")
    from pyarrow import parquet  # noqa: PLC0415

    frame, plain = to_frame(content), BytesIO()
    frame.attrs.clear()
    frame.to_parquet(plain, index=False, schema_version=VERSION)
    table = parquet.read_table(plain)
    about = {ABOUT: json.dumps(content.about, ensure_ascii=False).encode()}
    file = BytesIO()
    parquet.write_table(table.replace_schema_metadata({**table.schema.metadata, **about}), file)
    return file.getvalue()


def _column(key: str, values: list[Value]) -> pd.api.extensions.ExtensionArray:
    """Values of one type, even where none is known."""
    import pandas as pd  # noqa: PLC0415

    if key in MOMENTS_UTC:
        return _moments(values)
    return pd.array(values, dtype="float64" if key in NUMBERS else "string")


def _moments(texts: Sequence[Value]) -> pd.DatetimeIndex:
    import pandas as pd  # noqa: PLC0415

    return pd.to_datetime(texts, format="ISO8601", utc=True).as_unit("ms")
