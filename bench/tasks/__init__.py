"""One module per task of ``bench.predict``: each turns rows into predictions in the form its scorer takes."""
