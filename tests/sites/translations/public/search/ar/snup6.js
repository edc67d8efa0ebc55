guidepostSearch(`ar/snup6
0ALD old
1NGLS english
2L only
0BK back
0KRNT current
0SNJD changed
2S since
1TRT start
0TKST text
0البدايه البدايه
2نص النص
`)
