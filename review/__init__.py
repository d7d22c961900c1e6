"""Records what people decided, on what evidence; knows no screen."""
