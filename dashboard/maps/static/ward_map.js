/* The ward's map: draws what Python prepared. Every name arrives as data and becomes a text node,
   so nothing a file says can turn into markup. Needs Leaflet 1.9. */
(() => {
  "use strict";

  const INK = "#1A1A1C";
  const BORDER = "#626264";
  const NO_DATA = "url(#no-data)";
  const NO_DATA_PATTERN =
    '<svg width="0" height="0" aria-hidden="true" style="position:absolute"><defs>' +
    '<pattern id="no-data" width="6" height="6" patternUnits="userSpaceOnUse" ' +
    'patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/>' +
    '<line x1="0" y1="0" x2="0" y2="6" stroke="#949494" stroke-width="2"/></pattern></defs></svg>';

  const OUTLINES = {
    triangle: [[0, -1.2], [1.15, 0.85], [-1.15, 0.85]],
    diamond: [[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]],
    square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
  };

  /* A point that keeps its size while zooming, in one of a few shapes. */
  const Mark = L.CircleMarker.extend({
    _updatePath() {
      const outline = OUTLINES[this.options.shape];
      if (!outline) {
        L.CircleMarker.prototype._updatePath.call(this);
        return;
      }
      const { x, y } = this._point;
      const corners = outline.map(([dx, dy]) => `${x + dx * this._radius} ${y + dy * this._radius}`);
      this._renderer._setPath(this, this._empty() ? "M0 0" : `M${corners.join("L")}Z`);
    },
  });

  const state = { shapes: {}, map: null, bounds: null, moved: false, legend: null, badges: null };

  function lines(...texts) {
    const box = document.createElement("div");
    texts.filter(Boolean).forEach((text, index) => {
      const line = document.createElement(index ? "div" : "strong");
      line.textContent = text;
      box.appendChild(line);
    });
    return box;
  }

  /* streamlit-folium reports a click only when what it reports has changed; the time makes a
     second click on the same thing a change. */
  function stampClick(event) {
    event.layer.feature.properties.clicked = Date.now();
  }

  /* The whole ward, below the badges and, where the frame is wide enough, beside the legend. */
  function fit() {
    const { map, bounds, legend, badges, moved } = state;
    if (moved || !bounds || !map.getSize().x) return;
    const beside = legend ? legend.offsetWidth + 20 : 0;
    const left = map.getSize().x > 2.5 * beside ? beside : 0;
    state.fitting = true;
    const top = badges ? badges.offsetHeight + 16 : 10;
    map.fitBounds(bounds, { paddingTopLeft: [left, top], paddingBottomRight: [10, 10], animate: false });
    state.fitting = false;
  }

  function addButtons(map, labels) {
    const zoom = L.control.zoom({ zoomInTitle: labels.zoomIn, zoomOutTitle: labels.zoomOut });
    zoom.addTo(map);
    const home = L.DomUtil.create("a", "ward-home", zoom.getContainer());
    home.href = "#";
    home.title = labels.whole;
    home.setAttribute("role", "button");
    home.setAttribute("aria-label", labels.whole);
    home.textContent = "⌂";
    L.DomEvent.disableClickPropagation(home).on(home, "click", (event) => {
      L.DomEvent.preventDefault(event);
      state.moved = false;
      fit();
    });
  }

  /* Once a frame: the shapes (GeoJSON), the outline, the buttons and the panes. */
  function start(map, { shapes, outline, labels, lang, title, tiles }) {
    state.map = map;
    state.shapes = shapes;
    map.getContainer().insertAdjacentHTML("beforeend", NO_DATA_PATTERN);
    map.getContainer().setAttribute("aria-label", title);
    document.documentElement.lang = lang;
    ["areas", "chosen", "points"].forEach((name, order) => {
      map.createPane(name).style.zIndex = 400 + 10 * order;
    });
    const ward = L.geoJSON(outline, {
      pane: "chosen",
      interactive: false,
      style: { fill: false, color: INK, weight: 2 },
    }).addTo(map);
    state.bounds = ward.getBounds();
    addButtons(map, labels);
    map.attributionControl.setPrefix(false);
    if (tiles) L.tileLayer(tiles.url, { attribution: tiles.attribution, maxZoom: 18 }).addTo(map);
    state.opacity = tiles ? 0.75 : 1;
    map.on("movestart", () => {
      if (!state.fitting) state.moved = true;
    });
    map.on("resize", fit);
    // The style sheet may arrive after the map was made; the window does not tell of that.
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
    fit();
  }

  /* The choropleth; rows: [name, class index or -1, value, rank], in the order of the shapes. */
  function areas(group, { level, colours, rows }) {
    const features = state.shapes[level].map(([code, geometry], index) => ({
      type: "Feature",
      geometry,
      properties: { level, code, row: rows[index] },
    }));
    const plain = { weight: 0.8, color: BORDER };
    L.geoJSON(features, {
      pane: "areas",
      style: ({ properties }) => ({
        ...plain,
        fillOpacity: state.opacity,
        fillColor: colours[properties.row[1]] ?? NO_DATA,
        className: "ward-area",
      }),
    })
      .bindTooltip(
        ({ feature }) => {
          const [name, , value, rank] = feature.properties.row;
          return lines(name, value, rank);
        },
        { sticky: true, className: "ward-tooltip" },
      )
      .on("click", stampClick)
      .on("mouseover", ({ layer }) => layer.setStyle({ weight: 3, color: INK }).bringToFront())
      .on("mouseout", ({ layer }) => layer.setStyle(plain))
      .addTo(group);
  }

  /* Labels beside their points, each on the first side where it covers no other. */
  function placeLabels(map, marks) {
    const taken = [];
    marks.forEach((mark) => {
      const label = mark.getTooltip();
      const { offsetWidth: w, offsetHeight: h } = label.getElement();
      const { x, y } = map.latLngToLayerPoint(mark.getLatLng());
      const places = {
        right: { left: x + 6, top: y - h / 2 },
        left: { left: x - 6 - w, top: y - h / 2 },
        top: { left: x - w / 2, top: y - 6 - h },
        bottom: { left: x - w / 2, top: y + 6 },
      };
      const free = ({ left, top }) =>
        taken.every((t) => left + w <= t.left || t.right <= left || top + h <= t.top || t.bottom <= top);
      const side = Object.keys(places).find((one) => free(places[one])) ?? "right";
      const { left, top } = places[side];
      taken.push({ left, top, right: left + w, bottom: top + h });
      taken.push({ left: x - 5, top: y - 5, right: x + 5, bottom: y + 5 });
      label.options.direction = side;
      label.options.offset = { right: [5, 0], left: [-5, 0], top: [0, -5], bottom: [0, 5] }[side];
      label.update();
    });
  }

  /* One kind of points; rows: [id, lon, lat, name, detail, 1 where placed by its address]. */
  function points(group, { kind, title, shape, colour, radius, labelled, placed, rows }) {
    const features = rows.map(([id, lon, lat, name, detail, hollow]) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: [lon, lat] },
      properties: { kind, id, name, detail, hollow },
    }));
    const layer = L.geoJSON(features, {
      pointToLayer: ({ properties }, latlng) =>
        new Mark(latlng, {
          pane: "points",
          shape,
          radius,
          fillOpacity: 1,
          weight: properties.hollow ? 2 : 1.2,
          color: properties.hollow ? colour : "#fff",
          fillColor: properties.hollow ? "#fff" : colour,
          className: `ward-point ward-${kind}`,
        }),
      onEachFeature: ({ properties }, mark) => {
        if (!labelled) return;
        mark.bindTooltip(lines(properties.name), {
          permanent: true,
          direction: "right",
          offset: [5, 0],
          className: "ward-label",
        });
      },
    });
    if (labelled) {
      const place = () => placeLabels(state.map, layer.getLayers());
      // A label measured before the style sheet or the font arrived stands far from its point:
      // it is placed anew whenever its size changes.
      const sizes = new ResizeObserver(place);
      layer.on("add", () => {
        state.map.on("zoomend resize", place);
        layer.eachLayer((mark) => sizes.observe(mark.getTooltip().getElement()));
        place();
      });
      layer.on("remove", () => {
        state.map.off("zoomend resize", place);
        sizes.disconnect();
      });
    } else {
      layer.bindTooltip(
        ({ feature: { properties } }) =>
          lines(properties.name, title, properties.detail, properties.hollow && placed),
        { className: "ward-tooltip" },
      );
    }
    layer.on("click", stampClick).addTo(group);
  }

  /* Circles of one radius in metres; rows: [lon, lat]. */
  function circles(group, { radius_m: radius, colour, rows }) {
    rows.forEach(([lon, lat]) => {
      group.addLayer(L.circle([lat, lon], {
        pane: "chosen", interactive: false, radius, color: colour, weight: 1.2, fillColor: colour,
        fillOpacity: 0.06, className: "ward-circle",
      }));
    });
  }

  /* Numbered places with their circles; rows: [number, lon, lat, name, detail]. */
  function numbered(group, { radius_m: radius, rows }) {
    rows.forEach(([number, lon, lat, name, detail]) => {
      const still = { pane: "chosen", interactive: false, radius, fill: false, weight: 2.5 };
      group.addLayer(L.circle([lat, lon], { ...still, color: INK, dashArray: "6 5", className: "ward-circle" }));
      const icon = L.divIcon({ className: "ward-number", iconSize: [24, 24], html: lines(String(number)) });
      const mark = L.marker([lat, lon], { icon, keyboard: false });
      group.addLayer(mark.bindTooltip(lines(`${number} ${name}`, detail), { className: "ward-tooltip" }));
    });
  }

  /* What is chosen: a casing around each area with its name, and a ring around a found point. */
  function chosen(group, { level, areas: codes, found }) {
    const still = { pane: "chosen", interactive: false, fill: false };
    const shapes = state.shapes[level].filter(([code]) => codes.some(([wanted]) => wanted === code));
    const geometries = shapes.map(([, geometry]) => geometry);
    L.geoJSON(geometries, { ...still, style: { color: "#fff", weight: 7 } }).addTo(group);
    L.geoJSON(geometries, { ...still, style: { color: INK, weight: 3.5, className: "ward-chosen" } }).addTo(group);
    const label = { permanent: true, direction: "top", className: "ward-label ward-label-chosen" };
    codes.forEach(([, name, lon, lat]) => {
      group.addLayer(L.tooltip([lat, lon], { ...label, offset: [0, -12], content: lines(name) }));
    });
    if (!found) return;
    const at = [found.lat, found.lon];
    L.circleMarker(at, { ...still, pane: "points", radius: 13, color: "#fff", weight: 7 }).addTo(group);
    L.circleMarker(at, { ...still, pane: "points", radius: 13, color: INK, weight: 3, className: "ward-found" }).addTo(group);
    group.addLayer(
      L.tooltip(at, { ...label, offset: [0, -16], content: lines(found.name) }),
    );
  }

  function panel(position, className, html) {
    const control = L.control({ position });
    control.onAdd = () => {
      const box = L.DomUtil.create("div", className);
      box.innerHTML = html;
      L.DomEvent.disableClickPropagation(box);
      return box;
    };
    return control;
  }

  /* The legend and the badges, as HTML made (and escaped) by Python; they leave with the group. */
  function frame(group, { legend, badges }) {
    const panels = [panel("bottomleft", "ward-legend", legend)];
    if (badges) panels.push(panel("topright", "ward-badges", badges));
    const show = () => {
      panels.forEach((one) => one.addTo(state.map));
      [state.legend, state.badges] = panels.map((one) => one.getContainer());
      fit();
    };
    group.on("add", show).on("remove", () => panels.forEach((one) => one.remove()));
    if (group._map) show();
  }

  window.wardMap = { start, areas, points, circles, numbered, chosen, frame };
})();
