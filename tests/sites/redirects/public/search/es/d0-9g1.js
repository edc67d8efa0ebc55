guidepostSearch(`es/d0-9g1
	0	0	es/index.html	Start	en
	Start	2	The start.
	1	0	es/a/page.html	Una página	
	Una página	2	Texto.
`)
