guidepostSearch(`en/sqf1c
0AN one
0DS dias
0SKSN section
1TRT start
0TKST text
`)
