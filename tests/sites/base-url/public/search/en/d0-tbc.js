guidepostSearch(`en/d0-tbc
	0	0	a/index.html	A <section>	
	A <section>	2	It says "this & that".
	1	0	a/días.html	Días	
	Días	2	Text.
	2	0	a/one.html	One	
	One	2	Text.
	3	0	index.html	Start	
	Start	2	The start.
`)
