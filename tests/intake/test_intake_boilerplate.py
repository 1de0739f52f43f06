import pytest

from bot.intake.boilerplate import is_boilerplate, is_caption

ABOUT_THE_CHANNEL = """
Join our brand new verified Harbour Wire Telegram channel and get important news uncensored!
Join our Telegram channel
Subscribe to our channel for live updates
SUBSCRIBE | CHAT | INSTAGRAM
Follow us on Twitter and Facebook
Please follow us on X for breaking news
Sign up for our daily newsletter
Sign up here to get the Morning Brief in your inbox
Share this post with your friends
Share this story
Like and subscribe to our YouTube channel
Don't forget to subscribe to our channel!
Turn on notifications so you never miss an update
Download our app
Support our journalism
Support independent journalism: donate here
Boost our channel: t.me/boost/harbourwire
Read more
Read more: https://example.org/a/1
Read the full story here
Read the full article on our website
Continue reading
Click here to read more
Watch the full video below
@harbourwire
@harbourwire | @harbourwire_chat
#Iraq #Biden #troops
https://t.me/harbourwire
t.me/harbourwire/1234
www.harbourwire.example.com
Source: Harbour Wire
Via @harbourwire
Thank you for reading!
Got a tip? Write to @harbour_tips_bot
For more news, visit our website
Stay tuned for updates
Advertisement
Story continues below
© 2021 Harbour Wire. All rights reserved.
All rights reserved
This article was originally published by The Ledger.
Reprinted with permission
By Jane Doe
By JANE DOE and JOHN ROE, Harbour Wire
(Reporting by Jane Doe in Kyiv; editing by John Roe)
Additional reporting by Maria Silva in Lisbon.
Related stories:
See also: What we know about the dam
Photo: Jane Doe / Harbour Wire
(U.S. Army photo by Sgt. Jane Doe)
Photo by Jane Doe/Harbour Wire
Image credit: NASA
Getty Images
Comments are closed
Our chat: @harbourchat
Follow Harbour Wire on Telegram: t.me/harbourwire
Subscribe to Harbour Wire for more: t.me/harbourwire
Join The Brief Hour: @brief_hour
All the news in one place. Subscribe!
Підписатися на канал
Подписывайтесь на наш канал
Подпишись на канал
Читайте также: что известно о дамбе
Our official channel
Advertising: @harbour_ads
Sponsored by Valley Bank
BREAKING
Forwarded from The Ledger
If you like this post, share it with your friends
Want more news? Join our channel
The latest news on our Telegram channel
Tap the link in bio
You're receiving this because you subscribed to the Daily Brief.
""".strip().splitlines()

NEWS = """
Join NATO now, the Swedish premier tells parliament
Sweden will join NATO by July, the foreign minister said.
Joining forces, three parties agreed on a coalition on Tuesday.
Subscribers to the state energy plan will pay 12 percent more from October.
Follow-up talks on the grain corridor begin on 3 August in Istanbul.
Following the attack, 40 people were taken to hospital.
Share prices fell 3 percent after the ruling.
Shares in the bank rose 4.1 percent.
Sharing intelligence with allies will go on, the ministry said.
Support for the government dropped to 31 percent in July.
Support flights will continue until 31 December 2021.
Sign of thaw as envoys meet in Doha
Signing of the treaty is planned for 15 January.
Read by 4 million people, the newspaper closes after 90 years.
Reading festival cancelled after storm damage
Watch on the border was doubled to 2,000 guards
Watchdog fines telegram operator $15 million
Listen to the generals or lose the war, the senator told the committee.
Get out of the city by noon, the army told residents of the eastern district.
Visit of the UN envoy put off to March
Visit our troops, the president urged parliament on Monday.
Send help, the mayor of the flooded town asked.
Like many in the valley, she lost her house.
Download speeds fell by half after the cable was cut.
Donate blood, hospitals in the capital ask after the blast that killed 12.
Telegram channel of the ministry was hacked, officials said.
The ministry said on its Telegram channel that 14 drones were shot down.
Our forces destroyed six tanks, the general staff said.
By Tuesday, 300 people had been evacuated.
By December 31, 2021 all combat troops are to leave.
By the river, 200 houses stood under water.
Photo shows damage to the dam, experts said.
Photos of the site show two destroyed hangars, the institute reported.
Source of the leak was a valve, the operator said.
Sources in the ministry told The Ledger that 12 soldiers were killed.
Videos from the city show tanks moving north.
Images released on Friday show a crater 30 metres wide.
Credit ratings of four banks were cut.
Copyright law passed by 312 votes to 120
Breaking the siege took 40 days, the commander said.
Live ammunition was used against the crowd, two witnesses said.
Related charges were dropped in May.
Find of 3,000 coins near the Roman road
See of Rome names new envoy
Contact with the submarine was lost on Sunday.
Stay of execution granted to two prisoners
Vote on the budget put off until 15 October
Open the border, the union told the government.
Thank you, the president told the 2,500 soldiers.
About 2,500 troops remain in Iraq.
12 killed, 30 injured
Two dead
You are not alone, the chancellor told Kyiv.
Channel crossings reached 28,000 in 2021.
We are on the brink, the envoy warned.
Update of the toll: 41 dead
Help for Discord leaker's family sought
Open channels to Tehran, senator urges
Buy Twitter or walk away, judge tells owner
Follow the Signal leak hearings in parliament
Get the hostages out, families demand
Join the club: Croatia adopts the euro
Message from the front: two villages lost
The Wagner group leaves Bakhmut
The investor group seeking to acquire the port
Official website of the ministry hacked
Official group of observers arrives
Full report on dam failure due in May
Full text of the treaty in Varda archives
Source: army to leave the north by October
Sources: talks between envoys to resume
Advertising ban on tobacco passes first reading
Promoted to general after the siege: Irena Valk
Sponsored bill on the dam withdrawn
Ad spending falls 12 percent
Tell us the truth, families of the missing demand
Help us, residents of the flooded town plead
For more than 300 families in our city the water came at night
Подписан закон о бюджете
Підписано указ про мобілізацію
Our soldiers in the north: 40 dead
Main group of rebels lays down arms
Links between the army and the bank
Original plan for the port dropped
Latest attack in Varda kills 12
Daily death toll passes 100
More troops to the north
Live rounds found
Contact line in Donetsk region moves west
""".strip().splitlines()


@pytest.mark.parametrize("line", ABOUT_THE_CHANNEL)
def test_a_line_about_the_channel_is_boilerplate(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize("line", NEWS)
def test_a_line_that_carries_news_is_kept(line: str) -> None:
    assert not is_boilerplate(line)
    assert not is_caption(line)


@pytest.mark.parametrize(
    "line",
    [
        "Soldiers of the 3rd brigade board a transport aircraft in Rzeszow, Oct. 31, 2018. (U.S. Army National Guard photo by 1st Lt. Jane Doe)",
        "A rescuer stands by the flooded bridge on Monday. (Photo: Harbour Wire/Jane Doe)",
        "A view of the port after the storm. Photo by Jane Doe/Harbour Wire",
        "FILE - Prime Minister Anna Berg speaks in parliament, March 3, 2020. (AP Photo/Jane Doe, File)",
        "FILE PHOTO: A tanker passes the strait, June 2, 2019. REUTERS/Jane Doe",
        "The dam in spring. Image credit: NASA",
        "Anna Berg in Doha on Friday. Jane Doe/Getty Images",
    ],
)
def test_a_caption_is_told_by_its_credit(line: str) -> None:
    assert is_caption(line)
