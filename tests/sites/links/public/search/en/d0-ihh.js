guidepostSearch(`en/d0-ihh
	0	0	a/index.html	A	
	A	2	Up: start, start too.
	1	0	a/días.html	Días	
	Días	2	
-	Año nuevo		
-	日本語		
-	Ünïcödé		
	2	0	a/one.html	One & only	
	One & only	2	
-	Second part		Back to the start, on to two.
second-part-2	Second part		
with-code-and-marks-signs	With code and marks & signs		
	3	0	a/two.html	Two	
	Two	2	Text.
	4	0	a/with space.html	With space	
	With space	2	Text.
	5	0	index.html	Start	
	Start	2	A page: one. A section: a, a too, a still. A heading: part. On this page: below, an id. A file:…
-	Below		
-	Own		
`)
