"""Shows a review and takes answers; the only package that knows Streamlit and Plotly."""
