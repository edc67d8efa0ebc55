guidepostSearch(`en/d0-4gi
	0	0	a/index.html	A	
	A	2	
	1	0	index.html	Start	
	Start	2	The start.
	2	0	a/page.html	A page & more	
	A page & more	2	Text.
`)
