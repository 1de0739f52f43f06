"""Files an article's vector under topics: the IPTC's, and an operator's own."""
