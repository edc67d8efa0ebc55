guidepostSearch(`es/d0-3rg
	0	0	es/a/	A	en
	A	2	To one.
	1	0	es/a/one/	One	en
	One	2	
-	Part		Back home.
	2	0	es/	Inicio	
	Inicio	2	A uno en inglés.
`)
