guidepostSearch(`es/d0-ea7
	0	0	es/a/index.html	A <section>	en
	A <section>	2	It says "this & that".
	1	0	es/a/días.html	Días	en
	Días	2	Text.
	2	0	es/a/one.html	One	en
	One	2	Text.
	3	0	es/index.html	Inicio	
	Inicio	2	El inicio.
`)
