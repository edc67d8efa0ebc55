guidepostSearch(`en/d0-f8r
	0	0	index.html	Start	
	Start	2	The start.
`)
