"""The questions that analysts ask most, as SQL that Datasette offers under a Vietnamese title."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its title and explanation in both languages; a blank answer to a parameter asks for all."""

    name: str
    vi: str
    en: str
    about_vi: str
    about_en: str
    sql: str


QUESTIONS = (
    Question(
        "phong-trao-trong-nam",
        "Phong trào trong năm: ai phát động, đơn vị nào được thông báo",
        "Movements of a year: who launched them, which units were told",
        "nam: ví dụ 2020; để trống là mọi năm.",
        "nam: 2020, say; blank for all years.",
        """
        select m.name as "Phong trào", min(coalesce(m.period_start, d.issued_on)) as "Từ", max(m.period_end) as "Đến",
               max(case when m.launched then coalesce(m.launched_by, d.agency) end) as "Nơi phát động",
               count(distinct m.dispatch_id) as "Số văn bản",
               (select group_concat(name, '; ') from (
                   select distinct r.name from recipients r
                   where not coalesce(r.archive, 0)
                     and r.dispatch_id in (select dispatch_id from movements where movement_id = m.movement_id))
               ) as "Đơn vị được thông báo"
        from movements m join dispatches d using (dispatch_id)
        where :nam = '' or substr(coalesce(m.period_start, d.issued_on), 1, 4) <= :nam
              and substr(coalesce(m.period_end, m.period_start, d.issued_on), 1, 4) >= :nam
        group by m.movement_id order by 5 desc, 1
        """,
    ),
    Question(
        "viec-den-han",
        "Việc đến hạn: giao cho ai, theo văn bản nào",
        "Directives that fall due: for whom, by which dispatch",
        "tu, den: ngày, ví dụ 2020-06-01 và 2020-06-30; để trống là không giới hạn.",
        "tu, den: days, 2020-06-01 and 2020-06-30, say; blank for no limit.",
        """
        select v.deadline as "Hạn", a.value as "Giao cho", v.text as "Việc",
               whole_number(d.number, d.notation) as "Số, ký hiệu",
               d.agency as "Cơ quan", d.dispatch_id
        from directives v join dispatches d using (dispatch_id) left join json_each(v.assignees) a
        where v.deadline is not null and (:tu = '' or v.deadline >= :tu) and (:den = '' or v.deadline <= :den)
        order by v.deadline, 2
        """,
    ),
    Question(
        "van-ban-thuc-hien",
        "Văn bản nào thực hiện, căn cứ hay nhắc đến một văn bản",
        "Which dispatches carry out, rest on or mention a document",
        "so_ky_hieu: cả số và ký hiệu, có dấu hay không, ví dụ 05-CT/TW.",
        "so_ky_hieu: the whole number, with or without diacritics, 05-CT/TW, say.",
        """
        select case r.relation when 'basis' then 'căn cứ' when 'carries_out' then 'thực hiện'
                    when 'amends' then 'sửa đổi'
                    when 'replaces' then 'thay thế' when 'replies_to' then 'trả lời'
                    else 'nhắc đến' end as "Quan hệ",
               d.type_name as "Loại",
               whole_number(d.number, d.notation) as "Số, ký hiệu",
               d.issued_on as "Ngày", d.agency as "Cơ quan", d.subject as "Trích yếu", d.dispatch_id
        from "references" r join dispatches d using (dispatch_id)
        where document_key(r.number || '/' || r.notation) = document_key(:so_ky_hieu)
        order by r.relation, d.issued_on
        """,
    ),
    Question(
        "tu-ban-hanh-den-khi-den",
        "Từ ngày ban hành đến ngày đến: bao lâu, theo nơi gửi",
        "From issue to arrival: how long, by sender",
        "Chỉ tính văn bản có dấu ĐẾN và đủ ngày tháng.",
        "Of dispatches with an arrival stamp and a full date.",
        """
        select agency as "Nơi gửi", count(*) as "Số văn bản",
               round(avg(julianday(arrived_on) - julianday(issued_on)), 1) as "Trung bình, ngày",
               max(cast(julianday(arrived_on) - julianday(issued_on) as integer)) as "Lâu nhất, ngày"
        from dispatches where length(issued_on) = 10 and arrived_on is not null
        group by agency order by 3 desc
        """,
    ),
    Question(
        "tim",
        "Tìm không dấu hay có dấu, trong câu lệnh SQL",
        "Search with or without diacritics, in SQL",
        "q: từ, cụm từ, VÀ HOẶC KHÔNG, trường so: kyhieu: loai: coquan: … (docs/search.md).",
        "q: words, phrases, AND OR NOT, fields (docs/search.md).",
        """
        select d.dispatch_id, d.type_name as "Loại",
               whole_number(d.number, d.notation) as "Số, ký hiệu",
               d.issued_on as "Ngày",
               d.agency as "Cơ quan", d.subject as "Trích yếu"
        from search_folded f join search_rows s on s.id = f.rowid join dispatches d on d.dispatch_id = s.dispatch_id
        where search_folded match words(:q)
        order by bm25(search_folded, 20, 2, 4, 3, 4, 4, 1, 8, 2, 10, 4, 1) limit 100
        """,
    ),
)
