guidepostSearch(`ar/d0-dg5
	0	0	ar/current.html	Current	en
	Current	2	This text has not.
	1	0	ar/only.html	Only in English	en
	Only in English	2	Back to the start.
	2	0	ar/old.html	Old	en
	Old	2	This text has changed since.
	3	0	ar/index.html	البداية	
	البداية	2	النص.
`)
