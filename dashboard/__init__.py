"""Where people look: the only package that knows Streamlit, folium and Leaflet."""
