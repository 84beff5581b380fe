"""Maps: records of an edition in, a folium map out; pure but for where Leaflet is served from."""
