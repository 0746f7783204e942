package training

// The parts that advertising in comments is put together from: written for this project, no text of anybody. In a
// part # is a digit, and @ a contact of the language.

// pitch is one kind of advertising.
type pitch struct {
	name           string
	offers, claims []string
}

// tongue is the advertising of a language.
type tongue struct {
	pitches                     []pitch
	openers, calls              []string
	harmless                    []string // talks about the same things and sells nothing
	ordinary                    []string // what people write who want nothing: greetings, thanks, a word, a number
	messengers, handles, places []string
}

var koreanAds = tongue{
	pitches: []pitch{
		{"gambling",
			[]string{"온라인 카지노 신규가입 쿠폰 #만원", "안전한 토토 사이트 추천", "바카라 첫충 ##% 보너스", "슬롯 무료스핀 ###회 지급", "사다리 파워볼 실시간 픽 공유", "검증된 먹튀없는 놀이터", "스포츠 베팅 최고 배당", "홀덤 매일 이벤트 진행중", "가입즉시 꽁머니 #만 지급", "메이저 사이트 가입코드 ####", "해외배팅 업체 정식 에이전시", "룰렛 이벤트 매충 ##% 페이백"},
			[]string{"환전 #분 이내", "먹튀 보증금 #억 예치", "무제한 충전 환전", "첫 입금 ##% 추가", "롤링 없이 출금", "24시간 고객센터", "당첨금 즉시 지급", "신규회원 매일 지급", "안전보장 업계 1위", "충전 보너스 매일 ##%"}},
		{"loans",
			[]string{"무직자 대출 당일 가능", "신용불량자도 대출 됩니다", "소액대출 ##만원 바로 입금", "급전 필요하신 분 상담하세요", "저금리 대환대출 한도 #천만원", "휴대폰 소액결제 현금화", "신용카드 현금화 수수료 최저", "정부지원 햇살 대출 신청 안내", "개인돈 월변 일수 상담", "비대면 대출 모바일 간편 신청", "통장만 있으면 ###만원 대출", "연체자 맞춤 대출 승인율 ##%"},
			[]string{"당일 입금", "무방문 무서류", "연 #.#% 최저금리", "신용조회 없이 진행", "승인율 ##%", "10분이면 한도 확인", "누구나 가능", "비밀 보장", "상담 무료", "최대 한도 보장"}},
		{"adult",
			[]string{"출장마사지 전지역 가능", "후불제 출장 안마 ##대 매니저", "만남 어플 무료 가입", "성인용품 할인 판매", "오피 휴게텔 정보 사이트", "외로운 밤 채팅 친구 구해요", "조건만남 바로 연결", "야한 동영상 무료 보기", "비아그라 정품 시알리스 판매", "성인 웹툰 전편 무료", "가슴 뛰는 만남 지금 시작", "지역별 유흥 업소 후기"},
			[]string{"선입금 없음", "후불제 운영", "실사 프로필 보장", "24시간 예약", "비밀 배송", "전국 어디든 30분", "내상 없음 보장", "무료 체험", "회원 ##만명", "첫 방문 할인"}},
		{"investment",
			[]string{"주식 리딩방 무료 입장", "급등주 매일 #종목 무료 추천", "코인 자동매매 수익 인증", "해외선물 대여계좌 수수료 최저", "월 ###만원 재택 부업", "하루 #시간 투자 수익률 ###%", "비트코인 선물 시그널 공유", "세력주 매집 정보 단독 공개", "누적 수익률 ####% 전문가 방송", "공모주 단타 비법 공개", "집에서 하는 고수익 알바 모집", "원금보장 투자 상품 안내"},
			[]string{"수익 인증 다수", "손실 시 전액 보상", "선착순 ##명", "무료 체험 #일", "원금 보장", "매일 수익 실현", "초보자도 가능", "전문가 1:1 관리", "입장료 없음", "수익률 ##% 달성"}},
		{"sales",
			[]string{"명품 레플리카 최저가 판매", "SNS 팔로워 늘려드립니다", "유튜브 구독자 조회수 작업", "블로그 상위노출 마케팅 문의", "다이어트 보조제 #주 -##kg", "불법 복제 프로그램 싸게 팝니다", "휴대폰 최저가 공짜폰 현금지원", "인터넷 가입 사은품 ##만원", "탈모 치료 비법 공개 할인", "댓글 알바 모집 건당 ###원", "아이디 계정 삽니다 팝니다", "무료 드라마 영화 다시보기 사이트"},
			[]string{"오늘만 할인", "최저가 보장", "무료 배송", "당일 발송", "후기 다수", "문의 환영", "현금 지원 최대", "선착순 이벤트", "정품 보장", "1+1 행사중"}},
	},
	openers:    []string{"", "", "★", "▶▶", "[광고]", "안녕하세요", "기사 잘봤습니다", "좋은 정보 공유해요", "여러분", "■", "♥", "☎", "필독!!", "대박", "공감합니다"},
	calls:      []string{"문의 @", "상담 @", "@ 로 연락주세요", "지금 바로 접속 @", "클릭 ☞ @", "@ 추가하고 문의하세요", "자세한 내용은 @", "링크 @", "검색창에 @ 검색", "프로필 링크 확인", "@ 입장하세요", "주소 @"},
	messengers: []string{"카톡", "카톡ID", "텔레그램", "텔레", "라인", "오픈채팅", "kakao", "톡", "카카오톡 아이디", "텔레@"},
	handles:    []string{"vip##", "luck###", "ab##", "money##", "top###", "best##", "kr###", "pay##", "win###", "love##"},
	places:     []string{"www.xx##.example", "http://go##.example/ab#", "bet##쩜컴", "aa##.example", "010-####-####", "010 #### ####", "o1o-####-####", "가입코드 ab##", "xx##닷컴", "me.example/##"},
	ordinary: []string{"안녕하세요", "안녕하세요 처음 뵙겠습니다", "안녕히 계세요", "감사합니다", "고맙습니다 기자님", "좋은 기사 감사합니다", "기사 잘 읽었습니다", "잘 봤습니다", "잘 읽고 갑니다", "첫 댓글", "##번째 댓글", "댓글 #번입니다",
		"댓글 ###", "테스트", "테스트입니다", "시험 삼아 써 봅니다 ##", "네", "아니요", "맞아요", "동의합니다", "저도요", "글쎄요", "그러게요", "왜요?", "언제인가요?", "어디서 하나요?", "몇 시에 시작하나요?", "##일 #시에 만나요",
		"####년에는 어땠나요", "올해 ##살입니다", "기자님 수고 많으셨습니다", "다음 기사도 기다리겠습니다", "힘내세요", "축하합니다", "응원합니다", "건강하세요", "새해 복 많이 받으세요", "즐거운 주말 보내세요", "사진이 참 좋네요",
		"제목이 마음에 듭니다", "다시 읽어 보니 맞는 말이네요", "출처가 궁금합니다", "#면 기사도 좋았습니다", "오타가 있네요", "세 번째 문단의 숫자가 틀렸습니다", "가", "가나다", "ㅋㅋ", "ㅎㅎ 그렇군요", "ㅠㅠ", "하하", "오늘 날씨가 좋네요",
		"비가 많이 오네요", "버스가 ##분 늦었어요", "##쪽을 보세요", "어제 회의에서 나온 이야기와 다르네요", "공감합니다", "여러분 생각은 어떠세요", "대박", "좋은 정보네요", "각각각각각", "힣힣힣", "가##", "나-##"},
	harmless: []string{"대출 금리가 또 올라서 이자 내기 힘드네요", "카지노 불법 도박은 강력하게 처벌해야 합니다", "주식으로 돈 다 잃은 사람이 한둘이 아니다", "코인 투자는 조심해야죠", "보이스피싱 문자에 속지 마세요",
		"요즘 광고 문자가 너무 많이 온다", "토토 하다가 인생 망친 친구가 있음", "카톡으로 기사 공유했어요", "텔레그램 방 운영자 구속해라", "성매매 업소 단속 좀 합시다", "신용카드 수수료 인하 찬성합니다", "인터넷 요금이 너무 비싸요",
		"전화 상담원도 누군가의 가족입니다", "가입자 정보가 유출됐다니 보상해라", "은행이 이자 장사로 돈을 번다", "비트코인 세금은 언제부터 내나요", "무료 급식 예산이 부족하다던데", "다이어트는 식단이 제일 중요하죠",
		"이벤트 당첨자 발표는 언제 하나요", "할인 행사한다더니 가격이 그대로네요", "투자자 보호 대책을 내놓아야 한다", "광고만 잔뜩 나오고 내용은 없네", "드라마 무료로 다시 볼 수 있나요", "연예인 도박 사건이 또 터졌네", "첫 방송 보고 대박 예감했어요",
		"배당금 많이 주는 회사가 좋은 회사지", "알바생 최저임금도 안 주는 사장", "영상 조회수가 벌써 백만이네요", "구독자 늘었다고 초심 잃지 마세요", "명품 가방이 뭐라고 저 난리인지"},
}

var englishAds = tongue{
	pitches: []pitch{
		{"gambling",
			[]string{"Best online casino with ###% welcome bonus", "Free spins on every slot today", "Bet on sports with the highest odds", "Join our poker room and win big", "Get $### free credit at our betting site", "Trusted bookmaker with instant payouts", "Play roulette online and win real money", "No deposit bonus of $## for new players"},
			[]string{"instant withdrawal", "no deposit needed", "win real cash", "limited offer", "100% safe and legal", "bonus paid daily", "sign up now", "thousands of winners"}},
		{"loans",
			[]string{"Get a loan of up to $##,### today", "Bad credit loans approved in minutes", "Need urgent cash? We lend to anyone", "Consolidate your debt at #.#% interest", "Payday loans without a credit check", "Business loan offer from a certified lender", "Apply for a personal loan online now", "We fix your credit score fast"},
			[]string{"no credit check", "approved in ## minutes", "low interest", "same day transfer", "guaranteed approval", "no paperwork", "apply today", "##% approval rate"}},
		{"adult",
			[]string{"Hot singles near you want to chat", "Meet lonely women in your area tonight", "Free adult videos click here", "Cheap viagra and cialis online", "Private cam show join free", "Find a date tonight no sign up", "See my photos on my profile", "Escort service available around the clock"},
			[]string{"totally free", "no sign up", "discreet shipping", "18+ only", "chat now", "online now", "## girls waiting", "special discount"}},
		{"investment",
			[]string{"I made $#,### in a week trading bitcoin", "Work from home and earn $### a day", "Join my crypto signals group for free", "Double your bitcoin in ## hours", "Earn passive income with forex trading", "My broker helped me recover my lost funds", "Make money online with this simple trick", "Investment plan with ##% weekly returns"},
			[]string{"guaranteed profit", "no experience needed", "zero risk", "limited places", "paid out weekly", "financial freedom", "start with only $##", "ask me how"}},
		{"sales",
			[]string{"Buy followers and likes cheap", "Replica watches and designer bags on sale", "Lose ## pounds in # weeks with this pill", "Rank your website first on search engines", "Free gift card for the first ### visitors", "Congratulations you have won a new phone", "Watch full movies free in HD", "Cheap software licence keys for sale"},
			[]string{"best price", "free shipping", "claim your prize now", "##% off today", "order now", "hurry while stocks last", "money back guarantee", "call now"}},
	},
	openers:    []string{"", "", "", "Hello everyone,", "Great article!", "***", "WOW", "Hi dear,", "ATTENTION:", ">>", "Nice post.", "URGENT"},
	calls:      []string{"contact @", "visit @", "click here @", "text @", "message me on @", "call @", "more info at @", "DM @", "link in my profile", "sign up at @", "write to @", "go to @"},
	messengers: []string{"WhatsApp", "Telegram", "telegram", "Whats app", "Signal", "KakaoTalk", "LINE", "Instagram", "email", "Tele"},
	handles:    []string{"vip##", "+1 ### ### ####", "@trader##", "ab##@mail.example", "+44 #### ######", "@lucky##", "richard##", "@fx###", "loan##@mail.example", "###-###-####"},
	places:     []string{"www.xx##.example", "http://go##.example/ab#", "bet##.example", "me.example/##", "+1 ### ### ####", "0800 ### ####", "code ab##", "win##.example", "https://short.example/#a#", "txt ####"},
	ordinary: []string{"Hello", "Hello world", "Hi", "Hello everyone", "Good morning", "Thank you", "Thanks", "Great article", "Great article, thank you", "Nice post", "Nice piece, well written", "Well said", "I agree", "I disagree with this", "Me too", "Yes", "No", "OK",
		"Maybe", "Why?", "When does it start?", "Where is this?", "First", "First comment", "Comment number ##", "comment ### of round ##", "comment ##", "comment-###-##", "This is a comment", "A second comment", "Test", "test ###", "Testing, one two three", "Test comment ##",
		"just trying this out ##", "a", "abc", "xxxx", "yyyyyyyy", "asdf", "lorem ipsum dolor sit amet", "We met on the ##th at # o'clock", "In #### it was the same", "I am ## years old", "See page ##", "The third paragraph has a wrong number", "There is a typo in the headline",
		"Congratulations to the team", "Good luck", "Get well soon", "Happy new year", "Have a nice weekend", "Lovely picture", "What a day", "It rained for # days", "The bus was ## minutes late", "Attention to detail matters", "Dear editors, please keep it up", "Looking forward to the next part",
		"A thought of my own", "Words to remember", "This made me smile", "Who took the photo?", "Interesting, I did not know that", "Could you name the source?", "It says so in the report", "My grandmother remembers it well", "wow", "lol", "hm", "c##", "b-##", "x#", "No. ##", "item ##"},
	harmless: []string{"Interest rates on loans are rising again and families suffer", "Gambling ads should be banned from football shirts", "I lost money in crypto and learned my lesson", "Banks made a fortune while we pay the bill", "The call centre kept me waiting for an hour",
		"Free school meals are worth every penny", "My phone contract went up by ten percent", "Please follow up on this story, great reporting", "The casino project brought no jobs to our town", "Spam calls every day and nobody stops them",
		"He won the prize fair and square, congratulations", "Click bait headline, the article says the opposite", "Working from home saved me two hours a day", "The website does not work on my phone", "I would like to see the prices compared over ten years",
		"Sign the petition if you care about the library", "The discount store on the corner has closed", "Investors should have read the small print", "Can you link to the original report?", "The lottery is a tax on hope"},
}
