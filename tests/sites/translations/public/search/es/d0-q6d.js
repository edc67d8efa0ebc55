guidepostSearch(`es/d0-q6d
	0	0	es/current.html	Actual	
	Actual	2	Este texto es actual.
	1	0	es/only.html	Only in English	en
	Only in English	2	Back to the start.
	2	0	es/old.html	Viejo	
	Viejo	2	Este texto es viejo.
	3	0	es/index.html	Inicio	
	Inicio	2	A only.md, en inglés.
	4	0	es/extra.html	Solo en español	
	Solo en español	2	Solo aquí.
`)
