guidepostSearch(`en/d0-4fu
	0	0	index.html	Start	
	Start	2	The start.
	1	0	a/page.html	A page & more	
	A page & more	2	Text.
`)
