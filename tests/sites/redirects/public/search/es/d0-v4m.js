guidepostSearch(`es/d0-v4m
	0	0	es/a/index.html	A	en
	A	2	
	1	0	es/index.html	Start	en
	Start	2	The start.
	2	0	es/a/page.html	Una página	
	Una página	2	Texto.
`)
