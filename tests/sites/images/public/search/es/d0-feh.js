guidepostSearch(`es/d0-feh
	0	0	es/a/index.html	A	en
	A	2	
	1	0	es/index.html	Imágenes	
	Imágenes	2	
`)
